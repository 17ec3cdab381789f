/** The one place where "due" is defined: provider, manage-certs and drift-check all ask here. Pure. */
import { createHash } from "node:crypto";

/** What a renewal is decided on. */
export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface RenewalPolicy {
  /** A fixed number of days before the end. @default undefined: by the share of the lifetime that is left */
  readonly daysBeforeExpiry?: number;
  /** Never renew by time. @default false */
  readonly never?: boolean;
}

/** The CA's renewal information (RFC 9773 4.2), and the identifier it was asked with. */
export interface RenewalInfo {
  readonly certId: string;
  readonly start: Date;
  readonly end: Date;
}

export type RenewalReason =
  /** the moment inside the CA's suggested window has come */
  | "ari-window"
  /** the share of the lifetime, or the days the user asked for */
  | "lifetime"
  /** less than a sixth of the lifetime is left, whatever ARI says */
  | "floor"
  | "expired";

export type RenewalDecision =
  | { readonly state: "not-due"; readonly renewAt: Date }
  | { readonly state: "due"; readonly reason: RenewalReason; readonly renewAt: Date }
  | { readonly state: "overdue"; readonly reason: RenewalReason; readonly renewAt: Date };

const dayMs = 24 * 3600 * 1000;

/**
 * Decides whether a certificate is to be renewed.
 *
 * 1. ARI, if the CA gives it: a moment inside the window, the same for everybody who asks (RFC 9773 4.2 wants a
 *    uniformly random one; we derive it from the certID, so that all programs agree).
 * 2. Else `daysBeforeExpiry`, if the user asked for a fixed count and it is less than the whole lifetime (30 days on a
 *    six-day certificate would order a new one at every run).
 * 3. Else a third of the lifetime left, or a half where the lifetime is under ten days (Let's Encrypt, integration guide).
 *
 * Whatever these say, a certificate is due before less than a sixth of its lifetime is left.
 * `overdue` means that it has been due for so long that half of the time that was left when it became due is gone.
 */
export function decideRenewal(
  lifetime: Lifetime,
  policy: RenewalPolicy,
  ari: RenewalInfo | undefined,
  now: Date,
): RenewalDecision {
  const renewal = renewalMoment(lifetime, policy, ari);
  if (renewal === undefined) return { state: "not-due", renewAt: lifetime.notAfter };
  const { at, reason } = renewal;
  if (now >= lifetime.notAfter) return { state: "overdue", reason: "expired", renewAt: at };
  if (now < at) return { state: "not-due", renewAt: at };
  const late = new Date((at.getTime() + lifetime.notAfter.getTime()) / 2);
  return { state: now >= late ? "overdue" : "due", reason, renewAt: at };
}

function renewalMoment(
  lifetime: Lifetime,
  policy: RenewalPolicy,
  ari: RenewalInfo | undefined,
): { at: Date; reason: RenewalReason } | undefined {
  if (policy.never) return undefined;
  const end = lifetime.notAfter.getTime();
  const length = end - lifetime.notBefore.getTime();
  const floor = end - length / 6;
  const wanted = ari ? momentInWindow(ari).getTime() : byLifetime(end, length, policy);
  if (wanted > floor) return { at: new Date(floor), reason: "floor" };
  return { at: new Date(wanted), reason: ari ? "ari-window" : "lifetime" };
}

function byLifetime(end: number, length: number, policy: RenewalPolicy): number {
  const fixed = (policy.daysBeforeExpiry ?? Infinity) * dayMs;
  if (fixed < length) return end - fixed;
  return end - length * (length < 10 * dayMs ? 1 / 2 : 1 / 3);
}

/** The moment inside the suggested window: uniform over certificates, fixed for one. */
export function momentInWindow({ certId, start, end }: RenewalInfo): Date {
  const fraction = createHash("sha256").update(certId).digest().readUIntBE(0, 6) / 2 ** 48;
  return new Date(start.getTime() + fraction * (end.getTime() - start.getTime()));
}
