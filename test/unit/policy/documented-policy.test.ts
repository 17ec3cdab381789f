/** What docs/reference/policy.md and the guide say of policies, as far as it can be held to the code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPolicy, isPassed } from "../../../src/policy/check-policy";
import { decide } from "../../../src/policy/decide";
import { explain, explanationText } from "../../../src/policy/explain-policy";
import { findingText } from "../../../src/policy/finding";
import { lintRules } from "../../../src/policy/lint/lint-policy";
import { parsePolicy } from "../../../src/policy/parse-policy";
import { knownKeys, policyShape } from "../../../src/policy/policy-shape";
import { parsePolicyTests, runPolicyTests } from "../../../src/policy/policy-tests";
import { requestKeys, requestOf } from "../../../src/policy/request-shape";
import { rules } from "../../../src/policy/rules";
import { LocatedYaml } from "../../../src/platform/yaml-file/located-yaml";

const docs = join(__dirname, "../../../docs");
const reference = readFileSync(join(docs, "reference/policy.md"), "utf8");
const guide = readFileSync(join(docs, "guides/policy.md"), "utf8");
const now = new Date("2026-11-22T12:00:00Z");

const fileOf = (page: string, name: string) =>
  new RegExp(`^\`\`\`yaml title=${name.replaceAll(".", "\\.")}\\n([^]*?)^\`\`\`$`, "m").exec(page)?.[1] ?? "";
const rowsOf = (from: string, to: string) =>
  [...reference.slice(reference.indexOf(from), reference.indexOf(to)).matchAll(/^\| (`.*) \|$/gm)].map(([, row = ""]) =>
    row.split(/ +\| */).map((cell) => cell.trim()),
  );

test("every rule has its row, with its effect and where it comes from", () => {
  expect(rowsOf("## Rules", "## check")).toEqual(
    rules.map((rule) => [`\`${rule.id}\``, rule.effect, rule.title, "source" in rule ? rule.source : ""]),
  );
});

test("every lint has its row", () => {
  expect(rowsOf("## check", "## explain").map(([id]) => id)).toEqual(lintRules.map(({ id }) => `\`${id}\``));
});

/** Keys that say whose certificates an entry is for, the same in four sections. */
const isScope = (section: string, key: string) =>
  section !== "owners" && section !== "waivers" && ["owners", "tiers", "names"].includes(key);

test("the policy of the reference shows every key, and has nothing to tell", () => {
  const text = fileOf(reference, "policy.yaml");
  const written = new LocatedYaml(text).value as Record<string, Record<string, unknown>[]>;
  expect(Object.keys(written).sort()).toEqual(Object.keys(policyShape.shape).sort());
  for (const [section, keys] of Object.entries(knownKeys).filter(([path]) => Array.isArray(written[path])))
    for (const key of keys.filter((each) => !isScope(section, each)))
      expect([section, key, written[section]?.some((entry) => key in entry)]).toEqual([section, key, true]);
  const check = checkPolicy("policy.yaml", text, now);
  expect([check.mistakes, isPassed(check, true), check.lints.map(({ rule }) => rule)]).toEqual([[], true, []]);
});

test("the denial of the reference is one of its policy", () => {
  const policy = parsePolicy(fileOf(reference, "policy.yaml"), "policy.yaml");
  const { findings } = decide(policy, {
    ...{ kind: "certificate", names: ["app.pay.example.gov"], keyAlgorithm: "RSA_2048", at: now },
  });
  expect(reference).toContain(`\n${findings.map((finding) => findingText(finding, policy.placeOf)).join("\n")}\n`);
});

test.each([
  ["reference", reference],
  ["guide", guide],
])("the tests of the %s pass with its policy", (_, page) => {
  const policy = parsePolicy(fileOf(page, "policy.yaml"), "policy.yaml");
  const tests = parsePolicyTests(fileOf(page, "policy.tests.yaml"), "policy.tests.yaml", policy, now);
  const failed = runPolicyTests(policy, tests).filter((result) => !result.isPassed);
  expect([tests.length > 2, failed.map(({ test: { name }, outcome }) => `${name}: ${outcome}`)]).toEqual([true, []]);
});

test("the policy of the guide passes its check", () => {
  const check = checkPolicy("policy.yaml", fileOf(guide, "policy.yaml"), now);
  expect([check.mistakes, isPassed(check, true)]).toEqual([[], true]);
  expect(check.lints.map(({ rule }) => rule)).toEqual(["names-of-two-owners"]);
});

test("the explanation of the guide is one of its policy", () => {
  const policy = parsePolicy(fileOf(guide, "policy.yaml"), "policy.yaml");
  const certificate = { names: ["app.pay.example.gov"], issuer: "acm", keyAlgorithm: "RSA_2048" as const };
  const explanation = explain(policy, requestOf(policy, { certificate }, now));
  expect(guide).toContain(`\n\`\`\`text\n${explanationText(policy, [explanation], now)}\`\`\`\n`);
});

test("every key of a test is in the reference", () => {
  const page = reference.slice(reference.indexOf("## test"));
  for (const key of Object.values(requestKeys).flat()) expect(page).toContain(`\`${key}\``);
});
