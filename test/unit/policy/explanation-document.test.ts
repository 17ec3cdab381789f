import { explain } from "../../../src/policy/explain-policy";
import { toExplanationDocument } from "../../../src/policy/explanation-document";
import { parsePolicy } from "../../../src/policy/parse-policy";
import { policyExplanationShape } from "../../../src/policy/policy-documents-shape";

const waiver =
  "{ rule: policy/region-not-allowed, names: ['*.example.gov'], owner: web, reason: moving, until: 2999-01-01 }";
const policy = parsePolicy(
  [
    "issuers: [{ name: le, directoryUrl: 'https://ca.test/directory' }]",
    "certificates: [{ issuers: [le] }]",
    "attachments: [{ regions: [eu-west-1] }]",
    `waivers: [${waiver}]`,
  ].join("\n"),
  "policy.yaml",
);
const at = new Date("2026-11-22T10:00:00Z");
const subject = { names: ["app.example.gov"], at };

test("each kind of request is of the published form, a waiver as reports have it", () => {
  const place = { servingKind: "application-listener", accountId: "111122223333", region: "us-east-1" } as const;
  const requests = [
    { ...subject, kind: "attachment", ...place },
    { ...subject, kind: "certificate", issuer: { kind: "acm" }, keyAlgorithm: "RSA_2048", lifetimeDays: 90 },
    {
      ...subject,
      kind: "certificate",
      issuer: { kind: "acme", directoryUrl: "https://ca.test/directory" },
      tier: "one",
    },
    { ...subject, kind: "action", action: "renew", urgency: "routine" },
  ] as const;
  const document = toExplanationDocument(
    policy,
    requests.map((request) => explain(policy, request)),
  );
  expect(policyExplanationShape.parse(document)).toEqual(document);
  expect(document[0]?.findings).toMatchObject([
    { effect: "waive", waiver: { names: ["*.example.gov"], owner: "web", until: "2999-01-01" } },
  ]);
  expect(document.map(({ verdict }) => verdict)).toEqual(["allow", "deny", "allow", "allow"]);
});
