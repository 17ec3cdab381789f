/** The table of decisions, to which every place is held that asks a policy: certificate, policy → decision and text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { decide } from "../../../src/policy/decide";
import { findingText } from "../../../src/policy/finding";
import { parsePolicy, policyOf } from "../../../src/policy/parse-policy";
import type { Policy } from "../../../src/policy/policy";
import type { PolicyDocument } from "../../../src/policy/policy-shape";
import { requestOf, requestShapes } from "../../../src/policy/request-shape";
import { rules } from "../../../src/policy/rules";
import { LocatedYaml } from "../../../src/platform/yaml-file/located-yaml";

const folder = join(__dirname, "../../vectors/policy");
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const shape = z.object({ ...requestShapes, about: z.string(), at: z.iso.datetime(), decision: z.unknown() });

const tables = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => z.object({ policy: z.string(), cases: z.array(shape) }).parse(JSON.parse(read(file))));

const told = tables.flatMap(({ policy: file, cases }) =>
  cases.map((each) => ({ file, each, about: `${file}: ${each.about}` })),
);

const policies = new Map(
  tables.map(({ policy }) => [policy, { written: parsePolicy(read(policy), "policy.yaml"), made: objectOf(policy) }]),
);

function objectOf(file: string): Policy {
  return policyOf(new LocatedYaml(read(file)).value as PolicyDocument);
}

function policyIn(file: string): { written: Policy; made: Policy } {
  const policy = policies.get(file);
  if (policy === undefined) throw new Error(`no table of ${file}`);
  return policy;
}

test.each(told)("$about", ({ file, each }) => {
  const { written: policy } = policyIn(file);
  const decision = decide(policy, requestOf(policy, each, new Date(each.at)));
  const findings = decision.findings.map((finding) => `${finding.effect}: ${findingText(finding, policy.placeOf)}`);
  expect({ ...decision, findings }).toEqual(each.decision);
});

test("every rule is in the table, and there are enough cases", () => {
  const findings = JSON.stringify(told.map(({ each }) => each.decision));
  expect(rules.map(({ id }) => id).filter((id) => !findings.includes(`(${id}, `))).toEqual([]);
  expect(told.length).toBeGreaterThanOrEqual(60);
});

test("a policy that is an object decides the same, and names places by their paths", () => {
  for (const { file, each } of told) {
    const { written, made } = policyIn(file);
    const at = new Date(each.at);
    const [one, other] = [decide(written, requestOf(written, each, at)), decide(made, requestOf(made, each, at))];
    const plain = ({ verdict, findings, owner, tier }: typeof one) => ({
      ...{ verdict, owner, tier },
      findings: findings.map(({ rule, effect, what, fix }) => ({ rule, effect, what, fix })),
    });
    expect(plain(other)).toEqual(plain(one));
    expect(other.findings.map(({ source }) => source).join()).not.toMatch(/policy\.yaml|:\d/);
  }
  const policy = policyOf({ certificates: [{ keyAlgorithms: ["EC_prime256v1"] }] }, "the policy of this app");
  const { findings } = decide(policy, {
    ...{ kind: "certificate", names: ["a.example.gov"], keyAlgorithm: "RSA_2048", at: new Date("2026-11-24") },
  });
  expect(findings.map(({ source }) => source)).toEqual(["the policy of this app certificates[0].keyAlgorithms"]);
});
