import { acmRenewalFailing } from "../../../../../src/manage-certs/findings/rules/acm-renewal-failing";
import type { AcmRenewal, ScannedCertificate } from "../../../../../src/manage-certs/scan/estate";
import { certificate, found, inDays } from "../../../../support/scanned-estate";

const told = (acmRenewal: AcmRenewal | undefined, facts: Partial<ScannedCertificate> = {}) =>
  found(acmRenewalFailing, { certificates: [certificate("a", { acmRenewal, inUseBy: ["arn"], ...facts })] });

test("failed is critical, waiting and not at all are work", () => {
  expect(told({ eligible: true, status: "FAILED", reason: "DOMAIN_NOT_ALLOWED" })).toMatchObject([
    { severity: "critical", message: "ACM failed to renew it (DOMAIN_NOT_ALLOWED)" },
  ]);
  expect(told({ eligible: true, status: "PENDING_VALIDATION" })).toMatchObject([{ severity: "warning" }]);
  expect(told({ eligible: false })).toMatchObject([{ message: "ACM does not renew it, although it is in use" }]);
});

test("renewed, being renewed, of another origin, unused, not issued or over: none", () => {
  expect(told({ eligible: true, status: "SUCCESS" })).toEqual([]);
  expect(told({ eligible: true, status: "PENDING_AUTO_RENEWAL" })).toEqual([]);
  expect(told(undefined)).toEqual([]);
  expect(told({ eligible: false }, { inUseBy: [] })).toEqual([]);
  expect(told({ eligible: false }, { status: "PENDING_VALIDATION" })).toEqual([]);
  expect(told({ eligible: false }, { notAfter: inDays(0) })).toEqual([]);
});
