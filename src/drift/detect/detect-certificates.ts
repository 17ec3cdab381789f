/**
 * The detector: whatever a plan says, every certificate of the stack is looked at in its state, in ACM and on the wire.
 * It trusts the plan for nothing but what the state holds and what is about to be renewed.
 */
import { decideRenewal, type RenewalInfo } from "../../certificates/decide-renewal";
import { parseCertificate } from "../../certificates/parse-certificate";
import { certIdOf } from "../../issuance/cert-id-of";
import type { RenewalInfoCache } from "../../issuance/renewal-info-cache";
import type { Clock } from "../../platform/clock";
import { isAppError } from "../../platform/errors";
import { mapLimited } from "../../platform/map-limited";
import { changedPlaces } from "../plan/changed-places";
import type { Plan, ResourceChange } from "../plan/plan";
import type { AcmAnswer, AcmView } from "./acm-view";
import { certificatesInState, type StateCertificate } from "./certificates-in-state";
import { judgeCertificate } from "./judge-certificate";
import { lookOnWire, type WireOptions } from "./look-on-wire";
import type { Sighting, WatchedCertificate } from "./watched-certificate";

export interface DetectOptions {
  /** Undefined: ACM is not asked. */
  readonly acm?: AcmView;
  /** Undefined: no handshakes. */
  readonly wire?: WireOptions;
  /** What CAs said last of when to renew. */
  readonly renewalInfo: RenewalInfoCache;
  readonly clock: Clock;
  /** How long AWS may take until every address serves a change. */
  readonly settleMs: number;
}

/** A plan as the detector sees it. */
export interface DetectRequest {
  readonly plan: Plan;
  /** When it was begun. */
  readonly plannedAt: Date;
}

/** Never fails for what cannot be seen: that is a finding. Errors: `aborted`. */
export type DetectCertificates = (request: DetectRequest, signal: AbortSignal) => Promise<WatchedCertificate[]>;

/** ACM answers ten questions a second at most. */
const underWay = 8;

export async function detectCertificates(
  { plan, plannedAt }: DetectRequest,
  options: DetectOptions,
  signal: AbortSignal,
): Promise<WatchedCertificate[]> {
  const certificates = certificatesInState(plan.held);
  const now = options.clock.now();
  const answers = await mapLimited(certificates, underWay, async (each) =>
    options.acm?.look(each, isAcmsTurn(each, now)),
  );
  const sightings = await lookAtAll(certificates, plan, answers, options, signal);
  return mapLimited(certificates, underWay, async (certificate, index) => {
    const acm = answers[index];
    const isInPlan = plan.resources.some((resource) => resource.address === certificate.address && renews(resource));
    const ari = await lastWindow(certificate, options.renewalInfo);
    const own = sightings.get(certificate.arn) ?? [];
    const { settleMs, wire } = options;
    const evidence = { certificate, acm, sightings: wire && own, ari, isInPlan, plannedAt, now, settleMs };
    const { address, arn, names, issuer, notBefore } = certificate;
    return {
      ...{ address, arn, names, issuer, notBefore, isInPlan, sightings: own },
      notAfter: { state: certificate.notAfter, acm: endIn(acm), wire: earliest(own) },
      ...judgeCertificate(evidence),
    };
  });
}

/** Then it matters how its renewal goes. */
function isAcmsTurn({ renewedBy, notBefore, notAfter, policy }: StateCertificate, now: Date): boolean {
  if (renewedBy !== "acm" || notBefore === undefined || notAfter === undefined) return false;
  return decideRenewal({ notBefore, notAfter }, policy, undefined, now).state !== "not-due";
}

async function lookAtAll(
  certificates: readonly StateCertificate[],
  { held }: Plan,
  answers: readonly (AcmAnswer | undefined)[],
  { wire }: DetectOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Sighting[]>> {
  if (wire === undefined) return new Map();
  // who is nobody for ACM is so for load balancers as well, and finding that out again takes its time
  const nobody = answers.find((each) => each?.state === "unseen" && isAppError(each.error, "invalid_credentials"));
  const access: WireOptions["access"] = (region) => {
    if (nobody?.state === "unseen") throw nobody.error;
    return wire.access(region);
  };
  return lookOnWire(certificates, held, { ...wire, access }, signal);
}

/** What is made anew, or goes. */
function renews({ actions, change }: ResourceChange): boolean {
  return actions.includes("delete") || changedPlaces(change).some(({ path }) => path === "serial");
}

/** Undefined as well for a chain that is none: the lifetime decides then. */
async function lastWindow({ chain }: StateCertificate, cache: RenewalInfoCache): Promise<RenewalInfo | undefined> {
  const certId = chain === undefined ? undefined : idOf(chain);
  const known = certId === undefined ? undefined : await cache.get(certId);
  return certId === undefined || known === undefined ? undefined : { certId, start: known.start, end: known.end };
}

function idOf(chain: string): string | undefined {
  try {
    return certIdOf(parseCertificate(chain));
  } catch {
    return undefined;
  }
}

function endIn(acm: AcmAnswer | undefined): Date | undefined {
  return acm?.state === "seen" ? acm.certificate.notAfter : undefined;
}

function earliest(sightings: readonly Sighting[]): Date | undefined {
  const ends = sightings.flatMap(({ outcome }) => (outcome.state === "served" ? [outcome.notAfter] : []));
  return ends.sort((left, right) => left.getTime() - right.getTime())[0];
}
