import { decideRenewal } from "../../src/certificates/decide-renewal";
import { isUnknown } from "../is-unknown";
import type { RenewalPolicy } from "../managed-certificate";

export interface RenewalForecast {
  readonly lifetimeDays: number;
  /** Between two renewals. */
  readonly everyDays: number;
  /** That are left when it is renewed. */
  readonly daysLeft: number;
}

const dayMs = 24 * 3600 * 1000;

/** How often a certificate of some lifetime is renewed where the CA gives no other advice; undefined if never. */
export function forecastRenewal(lifetimeDays: number, policy: RenewalPolicy): RenewalForecast | undefined {
  if (policy.enabled === false) return undefined;
  const daysBeforeExpiry = isUnknown(policy.daysBeforeExpiry) ? undefined : policy.daysBeforeExpiry;
  const notBefore = new Date(0);
  const notAfter = new Date(lifetimeDays * dayMs);
  const { renewAt } = decideRenewal({ notBefore, notAfter }, { daysBeforeExpiry }, undefined, notBefore);
  const everyDays = renewAt.getTime() / dayMs;
  return { lifetimeDays, everyDays, daysLeft: lifetimeDays - everyDays };
}
