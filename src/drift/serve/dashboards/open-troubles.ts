import { shellWord } from "../../../platform/shell-word";
import { counted } from "../../../platform/words";
import { endingUntil } from "../ending-until";
import type { SeenCertificate } from "../status-view";
import { anomalyWords } from "./anomaly-words";
import type { DashboardView } from "./dashboard-view";

const hourMs = 3600_000;
const dayMs = 24 * hourMs;

/** As of the alerts DriftCheckMissing and EstateNotLookedAt: a day's look, with time to take. */
const staleMs = 26 * hourMs;

/** Things that are wrong in the same way. */
export interface TroubleGroup {
  readonly kind: "critical" | "warning";
  /** "2 certificates have ended". */
  readonly title: string;
  /** A page of docs/runbooks. */
  readonly runbook: string;
  readonly troubles: readonly Trouble[];
  /** The page that has them all. */
  readonly page?: string;
}

export interface Trouble {
  /** Its name. */
  readonly what: string;
  /** "ended", "looked at"; with `at`. */
  readonly how: string;
  readonly at?: Date;
  readonly owner?: string;
  /** What tells more, and changes nothing. */
  readonly command: string;
}

/** What is wrong now, as the alerts see it; what has sections of its own on the page is not here. The worst first. */
export function openTroubles(view: DashboardView): readonly TroubleGroup[] {
  return [
    ended(view),
    refused(view),
    keyAccesses(view),
    notReplaced(view),
    aboutToEnd(view),
    stacks(view),
    driftCheck(view),
    stale(view),
  ].filter(({ troubles }) => troubles.length > 0);
}

function ended({ certificates, status: { now } }: DashboardView): TroubleGroup {
  const over = endingUntil(certificates, now);
  const title = `${counted(over.length, "certificate")} ended`;
  const troubles = over.map((each) => ofCertificate(each, "ended"));
  return { kind: "critical", title, runbook: "expiry-outage", troubles, page: "/certificates" };
}

/** By the rule of the alert CertificateAboutToExpire: less than three days and a tenth of its life; a day, if unknown. */
function aboutToEnd({ certificates, status: { now } }: DashboardView): TroubleGroup {
  const within = endingUntil(certificates, new Date(now.getTime() + 3 * dayMs));
  const near = within.filter(({ begins, ends }) => {
    if (ends === undefined || ends <= now) return false;
    const part = begins === undefined ? dayMs : (ends.getTime() - begins.getTime()) / 10;
    return ends.getTime() - now.getTime() < part;
  });
  const title = `${counted(near.length, "certificate")} about to end`;
  const troubles = near.map((each) => ofCertificate(each, "ends"));
  return { kind: "critical", title, runbook: "certificate-expiring-soon", troubles, page: "/certificates" };
}

function ofCertificate({ names: [name], arn, stack, ends, owner }: SeenCertificate, how: string): Trouble {
  const command =
    stack === "" ? `manage-certs renew --only ${shellWord(name ?? arn)}` : `drift-check explain ${shellWord(stack)}`;
  return { what: name ?? arn, how, at: ends, owner, command };
}

function refused({ refused: endpoints }: DashboardView): TroubleGroup {
  const title = `${counted(endpoints.length, "endpoint")} without a valid certificate`;
  const troubles = endpoints.map(({ endpoint, owner, since }) => ({
    ...{ what: endpoint, how: "first seen", at: since, command: "manage-certs verify" },
    ...(owner !== "" && { owner }),
  }));
  return { kind: "critical", title, runbook: "endpoint-not-valid", troubles };
}

/** Of the last day: the alert ends after an hour, and who was woken by it comes later. */
function keyAccesses({ keyAnomalies, status: { now } }: DashboardView): TroubleGroup {
  const recent = keyAnomalies.filter(({ event }) => now.getTime() - Date.parse(event.eventTime) < dayMs);
  const title = `${counted(recent.length, "key access", "key accesses")} that nobody expects`;
  const troubles = recent.map(({ kind, event: { eventName, eventTime, userIdentity } }) => ({
    ...{ what: `${eventName} by ${userIdentity?.arn ?? "somebody who is not told"}`, how: `${anomalyWords[kind]},` },
    ...{ at: new Date(eventTime), command: "unexpired ledger show --since 24h" },
  }));
  return { kind: "critical", title, runbook: "key-access-anomaly", troubles: troubles.reverse() };
}

function notReplaced({ levels }: DashboardView): TroubleGroup {
  const bad = levels.find(({ sli }) => sli === "replacement")?.windows?.["5m"].bad ?? 0;
  const title = `${counted(bad, "compromised certificate")} not replaced in time`;
  const command = "unexpired ledger show --event certificate.revoked --since 7d";
  const troubles = bad === 0 ? [] : [{ what: "A key is out", how: "for more than an hour", command }];
  return { kind: "critical", title, runbook: "key-compromise", troubles };
}

function stacks({ status }: DashboardView): TroubleGroup {
  const broken = status.stacks.filter(({ result: { outcome } }) => outcome === "failed" || outcome === "forbidden");
  const title = `${counted(broken.length, "stack")} failed or forbidden`;
  const troubles = broken.map(({ result: { name, outcome, startedAt } }) => ({
    ...{ what: name, how: `${outcome}, looked at`, at: new Date(startedAt) },
    command: `drift-check explain ${shellWord(name)}`,
  }));
  return { kind: "critical", title, runbook: "drift-check-failing", troubles };
}

function driftCheck({ status: { health } }: DashboardView): TroubleGroup {
  const troubles = health.reasons.map((what) => ({ what, how: "", command: "drift-check status" }));
  return { kind: "critical", title: "drift-check needs help", runbook: "drift-check-failing", troubles };
}

function stale({ looks, status: { now } }: DashboardView): TroubleGroup {
  const old = looks.filter(({ at }) => now.getTime() - at.getTime() > staleMs);
  const troubles = old.map(({ source, at }) => ({
    ...{ what: source === "scan" ? "a scan" : "drift-check", how: "looked last", at },
    command: source === "scan" ? "manage-certs scan" : "drift-check status",
  }));
  return { kind: "warning", title: "What is known is old", runbook: "drift-check-missing", troubles };
}
