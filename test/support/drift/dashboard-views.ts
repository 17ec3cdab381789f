/** What the dashboards show, in tests: a bad week, and a ledger in which nothing has happened yet. */
import type { LedgerEntry } from "../../../src/ledger/ledger-entry";
import type { DashboardView } from "../../../src/drift/serve/dashboards/dashboard-view";
import { knownCertificates } from "../../../src/drift/serve/dashboards/known-certificates";
import { LedgerView } from "../../../src/drift/serve/dashboards/ledger-view";
import { ProxyView } from "../../../src/drift/serve/dashboards/proxy-view";
import { refusedEndpoints } from "../../../src/drift/serve/dashboards/refused-endpoints";
import type { LedgerLine } from "../../../src/ledger/ledger-line";
import { AppError } from "../../../src/platform/errors";
import { LedgerFold } from "../../../src/service-levels/fold-ledger";
import { KeyAccessFold } from "../../../src/service-levels/key-access/fold-key-accesses";
import { serviceLevels } from "../../../src/service-levels/service-levels";
import { latestProbes, type Probe } from "../../../src/service-levels/probe";
import { calmView, fullView, now } from "./status-views";

const minuteMs = 60_000;

let seq = 0;

/** An entry so many minutes before now. */
export function entryBefore(
  minutes: number,
  event: LedgerEntry["event"],
  more: Partial<Omit<LedgerEntry, "event">> & { readonly run?: string } = {},
): LedgerLine {
  const { run = "run-1", ...given } = more;
  return {
    ...{ seq: ++seq, time: new Date(now.getTime() - minutes * minuteMs).toISOString(), id: String(seq), event },
    outcome: "done",
    actor: { who: "github:octocat", program: "manage-certs 0.1.0", run, runUrl: "https://github.com/o/r/actions/1" },
    subject: { names: ["app.example.gov"], certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/app" },
    ...given,
  };
}

const letsEncrypt = "acme-v02.api.letsencrypt.org";
const issued = (minutes: number, name: string, waiting: number, working: number, issuer = letsEncrypt) =>
  entryBefore(minutes, "certificate.issued", {
    ...{ run: `run-${name}`, subject: { names: [name] } },
    facts: { issuer, waitingSeconds: waiting, workingSeconds: working },
  });
const renewed = (minutes: number, name: string, more: Partial<LedgerEntry> = {}) =>
  entryBefore(minutes, "renewal.ended", {
    ...{ run: `run-${name}`, subject: { names: [name] }, facts: { action: "renew", issuer: letsEncrypt } },
    ...more,
  });
const begun = (minutes: number, name: string, run = `run-${name}`) =>
  entryBefore(minutes, "renewal.begun", {
    ...{ run, subject: { names: [name], certificateArn: `arn:${name}` } },
    facts: { action: "renew", issuer: letsEncrypt },
  });
const failure = (code: string, message: string) => ({ outcome: "failed", error: { code, message } }) as const;
const listener = (balancer: string) =>
  `arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/${balancer}/50dc6c495c0c9188/f2f7dc8efc522ab2`;

/** Oldest first. */
export const badWeek: readonly LedgerLine[] = [
  ...Array.from({ length: 40 }, (_, index) => [
    issued(9000 - index * 200, `s${index}.example.gov`, 20 + (index % 7) * 5, 3 + (index % 3)),
    renewed(8999 - index * 200, `s${index}.example.gov`),
  ]).flat(),
  ...Array.from({ length: 12 }, (_, index) =>
    issued(900 - index, `ca${index}.example.gov`, 2 + index / 4, 0.4, "ca.internal.example.gov"),
  ),
  ...Array.from({ length: 12 }, (_, index) => renewed(899 - index, `ca${index}.example.gov`)),
  ...Array.from({ length: 30 }, (_, index) =>
    renewed(
      700 - index,
      `f${index}.example.gov`,
      failure("acme_problem", `the CA answered 503 to the order for f${index}`),
    ),
  ),
  entryBefore(600, "certificate.issued", {
    ...{ subject: { names: ["dns.example.gov"] }, facts: { issuer: letsEncrypt } },
    ...failure("acme_challenge_failed", "the CA saw no TXT record at _acme-challenge.dns.example.gov"),
  }),
  entryBefore(500, "policy.denied", {
    ...{ outcome: "refused", subject: { names: ["x.example.org"], rule: "names" } },
    error: { code: "policy_denied", message: "x.example.org is not of example.gov" },
  }),
  entryBefore(480, "waiver.used", {
    ...{ subject: { names: ["old.example.gov"], rule: "key-algorithms" } },
    facts: { waiverOwner: "Payments", until: "2027-01-31" },
  }),
  entryBefore(400, "certificate.revoked", {
    ...{ subject: { names: ["leak.example.gov"], serial: "0a1b" } },
    facts: { reason: "keyCompromise", replacement: "0c2d" },
  }),
  entryBefore(390, "certificate.revoked", { facts: { reason: "superseded", unused: true } }),
  ...["front-a", "front-b"].map((name) =>
    entryBefore(310, "attachment.changed", {
      ...{
        run: "half",
        subject: { certificateArn: "arn:new", attachment: listener(name) },
        facts: { change: "attached" },
      },
    }),
  ),
  entryBefore(309, "attachment.changed", {
    ...{ run: "half", subject: { certificateArn: "arn:new", attachment: listener("front-c") } },
    ...{ facts: { change: "attached" }, ...failure("aws_denied", "AWS refused elasticloadbalancing:ModifyListener") },
  }),
  entryBefore(308, "rollout.ended", {
    ...{ run: "half", subject: { names: ["shop.example.gov", "www.shop.example.gov"], certificateArn: "arn:new" } },
    ...failure("aws_denied", "AWS refused elasticloadbalancing:ModifyListener"),
    facts: { listeners: 3, attached: 2, deployment: "partial" },
  }),
  begun(200, "killed.example.gov", "5f8b3c1e-9d52-4f57-8a55-c3a9a4a4b0c1"),
  begun(5, "now.example.gov"),
  begun(3, "later.example.gov"),
  issued(4, "now.example.gov", 12, 2),
  issued(2, "later.example.gov", 14, 2),
];

const auditLines = [
  { event: "decision", client: "team-web", verdict: "allow", name: "_acme-challenge.app.example.gov", type: "TXT" },
  { event: "write", client: "team-web", outcome: "done", name: "_acme-challenge.app.example.gov", type: "TXT" },
  {
    event: "decision",
    client: "team-web",
    verdict: "deny",
    reason: "name-not-granted",
    name: "www.example.gov",
    type: "A",
  },
  { event: "refused", client: "", reason: "signature" },
].map((line, index) =>
  JSON.stringify({ time: new Date(now.getTime() - (9 - index) * minuteMs).toISOString(), ...line }),
);

function viewOf(
  entries: readonly LedgerLine[],
  probes: readonly Probe[],
  more: Partial<DashboardView> & { readonly keyAccess?: KeyAccessFold },
): DashboardView {
  const [ledger, fold] = [new LedgerView(), new LedgerFold()];
  const status = more.status ?? calmView;
  for (const entry of entries) {
    ledger.add(entry);
    fold.add(entry);
  }
  return {
    ...{ status, certificates: knownCertificates(status.certificates, probes), runbooks: "docs/runbooks" },
    ...{ refused: refusedEndpoints(probes, now), looks: latestProbes(probes) },
    ...{ ledger, errors: [], entries: entries.length, isReading: false, keyAnomalies: [] },
    ...{ levels: serviceLevels({ ledger: fold, probes, keyAccess: more.keyAccess, now }) },
    ...{ underWay: fold.openRenewals.underWay(now), unended: fold.openRenewals.unended(now) },
    ...{ waivers: fold.waiversInForce(now), partial: ledger.partial.open },
    ...{ keyAnomalies: more.keyAccess?.anomalies ?? [] },
    ...more,
  };
}

const endpoints = (good: number, bad: number) =>
  Array.from({ length: good + bad }, (_, index) => ({
    ...{ endpoint: `s${index}.example.gov:443`, isValid: index >= bad, owner: "", tier: "" },
  }));
const looked: Probe = { source: "drift-check", at: now, endpoints: endpoints(998, 2), certificates: [] };

const keyAccess = new KeyAccessFold({ principals: ["arn:aws:iam::111122223333:role/unexpired"] });
for (const [index, principal] of ["role/unexpired", "user/mallory"].entries())
  keyAccess.add({
    ...{ eventID: `event-${index}`, eventTime: new Date(now.getTime() - 3 * minuteMs).toISOString() },
    ...{ eventSource: "secretsmanager.amazonaws.com", eventName: "GetSecretValue", awsRegion: "eu-central-1" },
    userIdentity: { arn: `arn:aws:iam::111122223333:${principal}` },
  });

/** Nothing is on record. */
export const emptyDashboard: DashboardView = viewOf([], [], {});

export const fullDashboard: DashboardView = (() => {
  const proxy = new ProxyView();
  for (const line of auditLines) proxy.add(line);
  const errors = [new AppError("ledger_unavailable", "the ledger cannot be reached", { hint: "see the server's log" })];
  return viewOf(badWeek, [looked], { status: fullView, proxy, errors, keyAccess });
})();
