import { validationRecord } from "../../../../../src/sandbox/aws/acm/certificate-request";
import { isRenewalDue, statusOf, type Issuance } from "../../../../../src/sandbox/aws/acm/issuance";
import type { CertificateInfo } from "../../../../../src/certificates/certificate-info";

const day = 24 * 3600 * 1000;
const at = (days: number) => new Date(days * day);
const info = { notBefore: at(0), notAfter: at(198) } as CertificateInfo;

const issuance = (more: Partial<Issuance> = {}): Issuance => ({
  request: {
    names: ["app.example.gov"],
    keyAlgorithm: "RSA_2048",
    options: { transparencyLogging: "ENABLED", export: "DISABLED" },
  },
  requestedAt: at(0),
  validated: new Set(),
  options: { transparencyLogging: "ENABLED", export: "DISABLED" },
  ...more,
});

test("the status follows from what happened and from the clock", () => {
  expect(statusOf(issuance(), undefined, at(2.99))).toBe("PENDING_VALIDATION");
  expect(statusOf(issuance(), undefined, at(3))).toBe("VALIDATION_TIMED_OUT");
  expect(statusOf(issuance({ failure: "CAA_ERROR" }), undefined, at(1))).toBe("FAILED");
  expect(statusOf(issuance(), info, at(198))).toBe("ISSUED");
  expect(statusOf(issuance(), info, at(199))).toBe("EXPIRED");
});

test("198 days are renewed 45 days before their end, a shorter life in proportion", () => {
  expect(isRenewalDue(info, at(152.9))).toBe(false);
  expect(isRenewalDue(info, at(153))).toBe(true);
  const short = { notBefore: at(0), notAfter: at(1.98) } as CertificateInfo;
  expect([isRenewalDue(short, at(1.52)), isRenewalDue(short, at(1.54))]).toEqual([false, true]);
});

test("a validation record depends on account and name alone, and a wildcard has that of the name below", () => {
  const record = validationRecord("111122223333", "example.gov");
  expect(validationRecord("111122223333", "*.example.gov")).toEqual(record);
  expect(validationRecord("444455556666", "example.gov").name).not.toBe(record.name);
  expect(validationRecord("111122223333", "example.org").value).not.toBe(record.value);
});
