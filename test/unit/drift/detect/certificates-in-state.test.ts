import { certificatesInState } from "../../../../src/drift/detect/certificates-in-state";

const arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";
const dates = { not_before: "2026-11-12T00:00:00Z", not_after: "2027-02-10T00:00:00Z" };
const only = (type: string, values: Readonly<Record<string, unknown>>) =>
  certificatesInState([{ address: "it", type, values: { arn, ...dates, ...values } }]);

test("unexpired_certificate, with the policy of its resource", () => {
  const values = { domain_names: ["a.example.gov"], serial: "0a", issuer: { directory_url: "https://ca/directory" } };
  const [plain] = only("unexpired_certificate", { ...values, renewal: null, renew_at: "2027-01-11T00:00:00Z" });
  expect(plain).toMatchObject({
    ...{ renewedBy: "plan", names: ["a.example.gov"], serial: "0a", issuer: "https://ca/directory", followsCa: true },
    ...{ policy: { never: false }, notAfter: new Date(dates.not_after), renewAt: new Date("2027-01-11T00:00:00Z") },
  });
  const renewal = { enabled: true, ari: false, days_before_expiry: 20 };
  expect(only("unexpired_certificate", { ...values, renewal })).toMatchObject([
    { followsCa: false, policy: { never: false, daysBeforeExpiry: 20 } },
  ]);
  expect(only("unexpired_certificate", { ...values, renewal: { enabled: false } })).toMatchObject([
    { followsCa: false, policy: { never: true } },
  ]);
});

test("aws_acm_certificate: ACM renews its own, and nobody what was imported", () => {
  const names = { domain_name: "a.example.gov", subject_alternative_names: ["a.example.gov", "b.example.gov"] };
  expect(only("aws_acm_certificate", { ...names, type: "AMAZON_ISSUED" })).toMatchObject([
    { renewedBy: "acm", issuer: "acm", names: ["a.example.gov", "b.example.gov"], policy: { daysBeforeExpiry: 45 } },
  ]);
  expect(only("aws_acm_certificate", { ...names, type: "IMPORTED" })).toMatchObject([
    { renewedBy: "importer", issuer: "imported", policy: {} },
  ]);
});

test("what is no certificate, or was never issued, is left out", () => {
  expect(only("aws_lb", {})).toEqual([]);
  expect(only("unexpired_certificate", { arn: null })).toEqual([]);
});
