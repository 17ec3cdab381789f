import type { IConstruct } from "constructs";
import type { AcmeOptions } from "../certificate-issuer";
import { isUnknown } from "../is-unknown";
import type { RenewalPolicy } from "../managed-certificate";
import { mistakeIn } from "../mistake";
import { profileLimits, profilesPage } from "../../src/certificates/lets-encrypt";

/** Checks a renewal policy against the lifetime of what the CA issues, where that is known. */
export function checkRenewal(scope: IConstruct, { daysBeforeExpiry }: RenewalPolicy, issuer: AcmeOptions): void {
  if (daysBeforeExpiry === undefined || isUnknown(daysBeforeExpiry)) return;
  if (!Number.isInteger(daysBeforeExpiry) || daysBeforeExpiry < 1)
    throw mistakeIn(scope, {
      what: `renewal: daysBeforeExpiry is ${daysBeforeExpiry}, not a whole number of days from 1`,
      source: "unexpired: a certificate is renewed before it ends",
      fix: "leave it out to follow the CA's advice (RFC 9773), or give days; renewal off is enabled: false",
    });
  const lifetimeDays = profileLimits(issuer)?.lifetimeDays;
  if (lifetimeDays === undefined || daysBeforeExpiry < lifetimeDays) return;
  throw mistakeIn(scope, {
    what: `renewal: daysBeforeExpiry ${daysBeforeExpiry} would renew at every run: the certificate lives ${Number(lifetimeDays.toFixed(1))} days`,
    source: profilesPage,
    fix: "leave it out to follow the CA's advice (RFC 9773), or give fewer days",
  });
}
