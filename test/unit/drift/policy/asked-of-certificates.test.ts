/** What a policy is asked about a certificate that a plan makes or changes, by whichever resource. */
import { readPlan } from "../../../../src/drift/plan/read-plan";
import { askedOfCertificates } from "../../../../src/drift/policy/asked-of-certificates";
import { createTestCa } from "../../../support/test-certificates";

const at = new Date("2026-11-24T10:00:00Z");
const authorityArn = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/0f";

function asked(type: string, after: object, more: object = {}) {
  const change = { actions: ["create"], before: null, after, ...more };
  const provider_name = "registry.terraform.io/hashicorp/aws";
  const plan = readPlan(
    JSON.stringify({
      ...{ format_version: "1.2", terraform_version: "1.11.4", complete: true },
      resource_changes: [{ mode: "managed", provider_name, address: `${type}.it`, type, change }],
    }),
  );
  return askedOfCertificates(plan, at).flatMap(({ requests }) => requests);
}

const common = { kind: "certificate", at };
const names = ["app.example.gov"];
const requested = { domain_name: "APP.example.gov.", subject_alternative_names: names, private_key: null };

test.each<[string, object, object, object]>([
  ["ACM's own, by default with RSA", {}, {}, { names, keyAlgorithm: "RSA_2048", issuer: { kind: "acm" } }],
  [
    "a key as ACM's answers spell it",
    { key_algorithm: "EC-prime256v1" },
    {},
    { names, keyAlgorithm: "EC_prime256v1", issuer: { kind: "acm" } },
  ],
  [
    "by a CA of AWS Private CA, which is not ACM's own",
    { certificate_authority_arn: authorityArn },
    {},
    { names, keyAlgorithm: "RSA_2048", issuer: { kind: "private-ca", authorityArn } },
  ],
  [
    "by one that is known after apply",
    {},
    { after_unknown: { certificate_authority_arn: true } },
    { names, keyAlgorithm: "RSA_2048" },
  ],
])("a certificate that ACM issues: %s", (_, values, more, expected) => {
  expect(asked("aws_acm_certificate", { ...requested, ...values }, more)).toEqual([{ ...common, ...expected }]);
});

test("an import is judged by what it says of itself, wherever it goes and whatever was there before", async () => {
  const ca = await createTestCa();
  const [notBefore, notAfter] = [new Date("2026-01-01"), new Date("2026-01-31")];
  const { leafPem, privateKeyPem } = await ca.leaf({ names, key: "RSA_2048", notBefore, notAfter });
  const lifetimeDays = expect.closeTo(30, 4) as number;
  const expected = { ...common, names, keyAlgorithm: "RSA_2048", lifetimeDays };
  const values = { certificate_body: leafPem, private_key: privateKeyPem };
  for (const type of ["aws_acm_certificate", "aws_iam_server_certificate"])
    expect(asked(type, values, { after_unknown: { domain_name: true } })).toEqual([expected]);
  const before = { ...values, domain_name: "former.example.gov", arn: "arn" };
  const update = { actions: ["update"], before };
  expect(asked("aws_acm_certificate", { ...values, domain_name: "former.example.gov" }, update)).toEqual([expected]);
});

test("who asks for renewals early does not make them urgent", () => {
  const certificate = (days_before_expiry: number | null) => ({
    ...{ domain_names: names, issuer: { directory_url: "https://ca.test/" }, renewal: { days_before_expiry } },
    ...{ serial: "0f", not_before: "2026-10-10T00:00:00Z", not_after: "2027-01-08T00:00:00Z" },
  });
  const urgency = (days: number | null, now: string) => {
    const before = certificate(days);
    const change = {
      actions: ["update"],
      before,
      after: { ...before, serial: undefined },
      after_unknown: { serial: true },
    };
    const plan = readPlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [
          {
            mode: "managed",
            provider_name: "x/unexpired/unexpired",
            address: "it",
            type: "unexpired_certificate",
            change,
          },
        ],
      }),
    );
    return askedOfCertificates(plan, new Date(now)).flatMap(({ requests }) =>
      requests.flatMap((request) => (request.kind === "action" ? [request.urgency] : [])),
    );
  };
  // 89 days before its end it is due on its first day, and would be overdue in the middle of its life
  expect(urgency(89, "2026-12-01T00:00:00Z")).toEqual(["routine"]);
  expect(urgency(89, "2026-12-25T00:00:00Z")).toEqual(["overdue"]);
  expect(urgency(null, "2026-12-25T00:00:00Z")).toEqual(["overdue"]);
});
