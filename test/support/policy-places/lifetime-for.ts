import type { Urgency } from "../../../src/policy/request";

const dayMs = 86_400_000;

/** The 90 days of a certificate that is due at that moment, since 10 days, or overdue, since 20. */
export function lifetimeFor(urgency: Urgency, at: Date): { readonly notBefore: Date; readonly notAfter: Date } {
  const age = (urgency === "overdue" ? 80 : 70) * dayMs;
  return { notBefore: new Date(at.getTime() - age), notAfter: new Date(at.getTime() - age + 90 * dayMs) };
}
