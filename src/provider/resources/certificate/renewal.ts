/** When a certificate of the state is to be renewed. Pure; `ask-window.ts` brings what the CA says. */
import {
  decideRenewal,
  type Lifetime,
  type RenewalDecision,
  type RenewalPolicy,
} from "../../../certificates/decide-renewal";
import { isUnknown } from "../../schema";
import type { CertificatePrivate } from "./private-data";
import type { CertificatePlan, CertificateState } from "./schema";

type Renewal = CertificateState["renewal"];

export type KnownWindow = Pick<CertificatePrivate, "certId" | "ari">;

/** Whether the CA has a say. */
export function followsCa(renewal: Renewal): boolean {
  return renewal === null || (renewal.enabled !== false && renewal.ari !== false);
}

/** The renewal policy of a plan; undefined while a part of it is unknown. */
export function knownRenewal({ renewal }: Pick<CertificatePlan, "renewal">): Renewal | undefined {
  if (isUnknown(renewal)) return undefined;
  if (renewal === null) return null;
  const { enabled, ari, days_before_expiry } = renewal;
  if (isUnknown(enabled) || isUnknown(ari) || isUnknown(days_before_expiry)) return undefined;
  return { enabled, ari, days_before_expiry };
}

export function isSameRenewal(left: Renewal, right: Renewal): boolean {
  const text = (renewal: Renewal) =>
    [renewal?.enabled ?? true, renewal?.ari ?? true, renewal?.days_before_expiry ?? null].join();
  return text(left) === text(right);
}

type Dates = Pick<CertificateState, "not_before" | "not_after">;

/** As the state tells it. */
export function lifetimeOf({ not_before, not_after }: Dates): Lifetime {
  return { notBefore: new Date(not_before ?? 0), notAfter: new Date(not_after ?? 0) };
}

/** Lifetime, policy, and the CA's window if it is to be followed. */
export function decideForState(
  state: Dates,
  renewal: Renewal,
  { certId, ari }: KnownWindow,
  now: Date,
): RenewalDecision {
  const policy: RenewalPolicy = {
    never: renewal?.enabled === false,
    daysBeforeExpiry: renewal?.days_before_expiry ?? undefined,
  };
  const window =
    ari !== undefined && certId !== undefined && followsCa(renewal)
      ? { certId, start: new Date(ari.start), end: new Date(ari.end) }
      : undefined;
  return decideRenewal(lifetimeOf(state), policy, window, now);
}
