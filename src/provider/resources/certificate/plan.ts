/** What a plan of `unexpired_certificate` changes. It looks at the clock only where no refresh has told the time. */
import type { RenewalReason } from "../../../certificates/decide-renewal";
import { parseDomainName } from "../../../certificates/domain-name";
import type { Clock } from "../../../platform/clock";
import type { PlanAnswer, PlanRequest } from "../../rpc/resource";
import { UNKNOWN, isUnknown, type Diagnostics } from "../../schema";
import type { CertificatePrivate } from "./private-data";
import { decideForState, isSameRenewal, knownRenewal } from "./renewal";
import { needsNewArn, refusedByAcm } from "./replacement";
import type { CertificatePlan, CertificateState, certificateSchema } from "./schema";

type Request = PlanRequest<typeof certificateSchema, CertificatePrivate>;
type Answer = PlanAnswer<typeof certificateSchema, CertificatePrivate>;

/** What a new certificate changes; `arn` is not among it, so that nothing that refers to it changes. */
const volatile = [
  "serial",
  "fingerprint",
  "not_before",
  "not_after",
  "renew_at",
  "renewal_reason",
  "certificate_chain",
] as const;

/** Why a new certificate is ordered. */
export interface ReissueCause {
  /** As `renewal_reason` will say it. */
  readonly reason: "imported" | "changed" | RenewalReason;
  /** The same for people. */
  readonly why: string;
}

export function planCertificate(request: Request, context: { clock: Clock; diagnostics: Diagnostics }): Answer {
  const { prior, proposed } = request;
  if (prior === null) return { planned: proposed };
  const cause = reissueCause(prior, proposed, request.private, context.clock);
  const requiresReplace = cause === undefined ? [] : refusedByAcm(prior, proposed, request.private);
  if (requiresReplace.length > 0 || needsNewArn(prior, proposed)) warnOfNewArn(prior, context.diagnostics);
  if (cause === undefined) return { planned: withPolicy(prior, proposed) };
  if (cause.reason !== "changed" && requiresReplace.length === 0)
    context.diagnostics.warning(`certificate "${prior.name}" will be renewed`, {
      detail: `${cause.why}; it ends on ${prior.not_after ?? "an unknown date"}. The ARN stays.`,
    });
  const planned = { ...proposed, ...Object.fromEntries(volatile.map((name) => [name, UNKNOWN])) };
  return { planned, requiresReplace };
}

/** ELB keeps the certificate that was the default (AWS: "Replace the default certificate"); core knows nothing of it. */
function warnOfNewArn({ name, arn }: CertificateState, diagnostics: Diagnostics): void {
  diagnostics.warning(`certificate "${name}" gets a new ARN`, {
    detail: `A listener whose default certificate this is keeps ${arn ?? "the old one"} in its SNI list, and goes on serving it to clients that send its name. Remove it there (aws elbv2 remove-listener-certificates): until then destroying the old certificate waits, and then fails.`,
  });
}

/** Another policy makes another time of renewal, which apply computes. */
function withPolicy(prior: CertificateState, planned: CertificatePlan): CertificatePlan {
  const renewal = knownRenewal(planned);
  const isSame = renewal !== undefined && isSameRenewal(prior.renewal, renewal);
  return isSame ? planned : { ...planned, renew_at: UNKNOWN };
}

/**
 * Why a new certificate has to be ordered: it was imported, the user changed what it is made of, or it is due.
 * Undefined if none has to be; order of names, contact, renewal policy, tags and timeouts are no cause by themselves.
 */
export function reissueCause(
  prior: CertificateState,
  planned: CertificatePlan,
  known: CertificatePrivate | null,
  clock: Clock,
): ReissueCause | undefined {
  if (known === null)
    return { reason: "imported", why: "it was imported into terraform, and its key and issuer are not known" };
  const change = changedByUser(prior, planned);
  if (change !== undefined) return { reason: "changed", why: change };
  const renewal = knownRenewal(planned);
  if (renewal === undefined) return { reason: "changed", why: "the renewal policy is not known yet" };
  const now = known.refreshedAt === undefined ? clock.now() : new Date(known.refreshedAt);
  const decision = decideForState(prior, renewal, known, now);
  if (decision.state === "not-due") return undefined;
  return { reason: decision.reason, why: `due since ${decision.renewAt.toISOString()} (${decision.reason})` };
}

function changedByUser(prior: CertificateState, planned: CertificatePlan): string | undefined {
  if (sortedNames(prior.domain_names) !== sortedNames(planned.domain_names)) return "the names change";
  const { issuer } = planned;
  if (isUnknown(issuer)) return "the issuer may change";
  if (issuer.directory_url !== prior.issuer.directory_url) return "the CA changes";
  if (issuer.profile !== prior.issuer.profile) return "the profile changes";
  if (issuer.preferred_chain !== prior.issuer.preferred_chain) return "the preferred chain changes";
  return undefined;
}

/** In one spelling and order; an unknown name makes the list differ from every known one. */
function sortedNames(names: CertificatePlan["domain_names"]): string {
  if (isUnknown(names)) return "?";
  return names
    .map((name) => (isUnknown(name) ? "?" : String(parseDomainName(name))))
    .sort()
    .join();
}
