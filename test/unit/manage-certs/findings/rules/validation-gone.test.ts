import { validationGone } from "../../../../../src/manage-certs/findings/rules/validation-gone";
import type { ScannedCertificate, ValidationRecord } from "../../../../../src/manage-certs/scan/estate";
import { certificate, found, inDays } from "../../../../support/scanned-estate";

const record = { name: "_x.example.gov.", type: "CNAME", value: "_y.acm-validations.aws." };
const entry = (inDns: ValidationRecord["inDns"], domainName = "example.gov"): ValidationRecord => ({
  domainName,
  status: "SUCCESS",
  record,
  inDns,
});
const issued = (validation: ValidationRecord[], facts: Partial<ScannedCertificate> = {}) =>
  certificate("a", {
    origin: "amazon-issued",
    owner: "acm",
    notBefore: inDays(-10),
    notAfter: inDays(188),
    validation,
    ...facts,
  });
const told = (each: ScannedCertificate) => found(validationGone, { certificates: [each] });

test("a record that is gone, once for the names that share it", () => {
  const [finding, ...others] = told(issued([entry("gone"), entry("gone", "*.example.gov")], { inUseBy: ["arn"] }));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: "warning",
    message: "the validation record of *.example.gov is not in DNS: ACM cannot renew",
    action: "write _x.example.gov. CNAME _y.acm-validations.aws., and leave it there",
  });
});

test("another one there is as bad; present, unknown and not asked are none", () => {
  expect(told(issued([entry("different")]))).toMatchObject([{ severity: "notice" }]);
  expect(told(issued([entry("present"), entry("unknown"), entry(undefined)]))).toEqual([]);
});

test("it is urgent where ACM needs the record now", () => {
  expect(told(issued([entry("gone")], { status: "PENDING_VALIDATION" }))).toMatchObject([{ severity: "critical" }]);
  const renewal = { state: "due", reason: "lifetime", renewAt: inDays(-1) } as const;
  expect(told(issued([entry("gone")], { renewal, inUseBy: ["arn"] }))).toMatchObject([{ severity: "critical" }]);
  expect(told(issued([entry("gone")], { renewal }))).toMatchObject([{ severity: "notice" }]);
});
