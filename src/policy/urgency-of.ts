import { decideRenewal, type Lifetime, type RenewalDecision } from "../certificates/decide-renewal";
import type { Urgency } from "./request";

/**
 * `overdue` is a certificate that is so by the renewal policy it has and by the usual one: whoever asks for renewals long
 * before they are needed does not get past windows and freezes by that.
 */
export function urgencyOf(decision: RenewalDecision | undefined, lifetime: Partial<Lifetime>, now: Date): Urgency {
  const { notBefore, notAfter } = lifetime;
  if (decision?.state !== "overdue" || notBefore === undefined || notAfter === undefined) return "routine";
  return decideRenewal({ notBefore, notAfter }, {}, undefined, now).state === "overdue" ? "overdue" : "routine";
}
