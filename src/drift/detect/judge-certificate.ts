/** What is wrong with one certificate, by what the state, ACM and clients say of it. Pure. */
import { decideRenewal, type RenewalDecision, type RenewalInfo } from "../../certificates/decide-renewal";
import { away, date } from "../../platform/words";
import type { AcmAnswer } from "./acm-view";
import type { StateCertificate } from "./certificates-in-state";
import { judgeSightings } from "./judge-sightings";
import type { CertificateFinding, Sighting } from "./watched-certificate";

/** Everything that is known of a certificate. */
export interface Evidence {
  readonly certificate: StateCertificate;
  /** Undefined: ACM was not asked, as the user wishes. */
  readonly acm?: AcmAnswer;
  /** Undefined: nobody shook hands, as the user wishes. */
  readonly sightings?: readonly Sighting[];
  /** Window of the CA as last told; undefined where none is known. */
  readonly ari?: RenewalInfo;
  /** Whether the plan renews it, or takes it away. */
  readonly isInPlan: boolean;
  /** When the plan was begun: what became due since then the plan could not know. */
  readonly plannedAt: Date;
  readonly now: Date;
  /** How long AWS may take until every address serves a change. */
  readonly settleMs: number;
}

export interface JudgedCertificate {
  readonly renewal?: RenewalDecision;
  readonly findings: readonly CertificateFinding[];
}

export function judgeCertificate(evidence: Evidence): JudgedCertificate {
  const renewal = decide(evidence);
  const findings = [
    ...expired(evidence),
    ...missed(evidence, renewal),
    ...judgeSightings(evidence),
    ...acmDiffers(evidence),
    ...unseen(evidence),
  ];
  return { renewal, findings };
}

/**
 * By `decideRenewal`, as the resource's policy has it. Where the CA has a say and its window is not known, the moment
 * of the last apply counts, which came from that window: the share of the lifetime may well be before it.
 */
function decide({ certificate, ari, plannedAt }: Evidence): RenewalDecision | undefined {
  const { notBefore, notAfter, policy, followsCa, renewAt } = certificate;
  if (notBefore === undefined || notAfter === undefined) return undefined;
  const remembered = renewAt && { certId: "", start: renewAt, end: renewAt };
  return decideRenewal({ notBefore, notAfter }, policy, followsCa ? (ari ?? remembered) : undefined, plannedAt);
}

function expired({ certificate, sightings = [], now }: Evidence): CertificateFinding[] {
  const seen = sightings.find(({ outcome }) => outcome.state === "served" && outcome.notAfter <= now);
  const { notAfter } = certificate;
  const isOver = notAfter !== undefined && notAfter <= now;
  if (seen === undefined && !isOver) return [];
  const end = seen?.outcome.state === "served" ? seen.outcome.notAfter : (notAfter ?? now);
  const where = seen === undefined ? "" : `, and clients get it from ${seen.servedBy} at ${seen.at}`;
  const message = `it ended ${away(now, end)}, on ${date(end)}${where}`;
  return [{ rule: "certificate-expired", level: "error", message, wayOut: waysOut[certificate.renewedBy] }];
}

const waysOut: Readonly<Record<StateCertificate["renewedBy"], string>> = {
  plan: "apply the stack; if its plan does not renew it, see what the provider warns of, or renew it with manage-certs",
  acm: "see that its validation records are in DNS and that something uses it: ACM renews it by itself then",
  importer: "import a new one over it; unexpired_certificate renews such certificates by itself",
};

function missed({ certificate, acm, isInPlan, now }: Evidence, renewal?: RenewalDecision): CertificateFinding[] {
  const found = (message: string, level: "error" | "warning" = "error"): CertificateFinding[] => [
    { rule: "renewal-missed", level, message, wayOut: waysOut[certificate.renewedBy] },
  ];
  const seen = acm?.state === "seen" ? acm.certificate : undefined;
  if (certificate.renewedBy === "acm" && seen?.status === "ISSUED") {
    const { status, reason } = seen.renewal ?? {};
    if (status === "FAILED") return found(`ACM failed to renew it${reason ? ` (${reason})` : ""}`);
    if (status === "PENDING_VALIDATION") return found("ACM cannot renew it: it waits for its names to be validated");
  }
  if (renewal === undefined || renewal.state === "not-due") return [];
  const since = `since ${date(renewal.renewAt)}, ${away(now, renewal.renewAt)} (${renewal.reason})`;
  if (certificate.renewedBy === "plan") {
    if (!isInPlan) return found(`its renewal is due ${since}, and the plan does not renew it`);
    return renewal.state === "overdue"
      ? found(`its renewal is overdue, due ${since}: it is planned and not applied`)
      : [];
  }
  if (isInPlan || renewal.state === "due") return [];
  const level = seen?.inUse === false ? "warning" : "error";
  return found(`its renewal is overdue, due ${since}`, level);
}

/** What ACM describes is as it is now. A newer one was made since the plan, by somebody else; the next plan takes it up. */
function acmDiffers({ certificate, acm, isInPlan }: Evidence): CertificateFinding[] {
  const found = (level: "error" | "warning", message: string, wayOut: string): CertificateFinding[] => [
    { rule: "acm-differs", level, message, wayOut },
  ];
  if (acm === undefined || acm.state === "unseen") return [];
  const level = isInPlan ? "warning" : "error";
  if (acm.state === "gone") return found(level, "ACM has no such certificate", "plan again; find out who deleted it");
  const { notAfter } = acm.certificate;
  const known = certificate.notAfter;
  if (notAfter?.getTime() === known?.getTime()) return [];
  const ends = (end: Date | undefined) => (end === undefined ? "has no end yet" : `ends on ${end.toISOString()}`);
  const message = `what ACM holds ${ends(notAfter)}, what the state tells ${ends(known)}`;
  const isNewer = notAfter !== undefined && (known === undefined || notAfter > known);
  return found(isNewer ? "warning" : level, message, "plan again; if it stays, find out who imports into that ARN");
}

/** A listener that was not seen is among the sightings. */
function unseen({ acm, sightings }: Evidence): CertificateFinding[] {
  const found = (message: string, wayOut: string): CertificateFinding[] => [
    { rule: "not-seen", level: "unseen", message, wayOut },
  ];
  const onWire =
    sightings === undefined ? found("no handshakes: verify.handshakes is false", "set verify.handshakes") : [];
  if (acm === undefined) return [...onWire, ...found("ACM is not asked: verify.acm is false", "set verify.acm")];
  if (acm.state !== "unseen") return onWire;
  const { message, hint } = acm.error;
  const wayOut = hint ?? "let drift-check's credentials list and describe certificates";
  return [...onWire, ...found(`ACM was not seen: ${message}`, wayOut)];
}
