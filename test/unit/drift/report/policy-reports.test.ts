/** Waivers, and what a policy waives or tells, in every report of a run. */
import { runDocumentShape } from "../../../../src/drift/report/run-document-shape";
import { toJunit } from "../../../../src/drift/report/junit";
import { toMarkdown } from "../../../../src/drift/report/markdown";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { toText } from "../../../../src/drift/report/text";
import type { DriftRun } from "../../../../src/drift/run/run-stacks";
import { parsePolicy } from "../../../../src/policy/parse-policy";
import { waiversInForce } from "../../../../src/policy/reported-waiver";
import { toldFindings } from "../../../../src/policy/told-finding";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const at = new Date("2026-11-24T10:00:00Z");
const policy = parsePolicy(
  `certificates: [{ keyAlgorithms: [EC_prime256v1] }]
waivers:
  - { rule: policy/key-algorithm-not-allowed, names: [old.example.gov], owner: web, reason: old phones, until: 2027-03-31 }
  - { rule: policy/profile-not-allowed, names: [old.example.gov], owner: web, reason: over, until: 2026-01-31 }
`,
  "policy.yaml",
);
const names = ["old.example.gov"];
const findings = toldFindings({ policy }, { kind: "certificate", names, keyAlgorithm: "RSA_2048", at });
const waivers = waiversInForce(policy, at);
const [first, ...others] = manyOutcomes.reports;
const told = { address: "unexpired_certificate.web", subject: { names }, findings };
const run: DriftRun = {
  ...manyOutcomes,
  reports: [...(first ? [{ ...first, policy: [told] }] : []), ...others],
  waivers,
};

const waived = "waived until 2027-03-31 by web: old phones (policy.yaml:3)";

test("text and Markdown have the waiver where it is used, and every waiver in force", () => {
  expect(toText(run).split("\n")).toEqual(
    expect.arrayContaining([
      `  -- unexpired_certificate.web: a key RSA_2048 is not allowed, only EC_prime256v1 (policy/key-algorithm-not-allowed, policy.yaml:1); set the key algorithm to EC_prime256v1; ${waived}`,
      `waiver: policy/key-algorithm-not-allowed for old.example.gov: ${waived}`,
    ]),
  );
  const lines = toMarkdown(run).split("\n");
  expect(lines.filter((line) => line.startsWith("- ") && line.includes(waived))).toHaveLength(2);
  expect(toText(run) + toMarkdown(run)).not.toContain("over");
});

test("JUnit shows it as a case that was skipped; JSON has all of it", () => {
  expect(toJunit(run)).toContain(
    `<testcase classname="policy" name="waiver of policy/key-algorithm-not-allowed for old.example.gov"><skipped message="policy/key-algorithm-not-allowed for old.example.gov: ${waived}"/>`,
  );
  const document = runDocumentShape.parse(toRunDocument(run));
  expect(document.waivers).toEqual(waivers);
  expect(document.stacks[0]?.policy).toEqual([{ address: told.address, findings }]);
  expect(toRunDocument(manyOutcomes)).not.toHaveProperty("waivers");
});
