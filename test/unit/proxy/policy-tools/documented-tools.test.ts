/** What docs/reference/akamai-dns-proxy.md says of the tools for policies. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lintRules } from "../../../../src/proxy/policy-file/lint/lint-policy";
import { LocatedPolicy } from "../../../../src/proxy/policy-tools/located-policy";
import { runPolicyTests } from "../../../../src/proxy/policy-tools/run-policy-tests";
import { parseTestFile } from "../../../../src/proxy/policy-tools/test-file";

const page = readFileSync(join(__dirname, "../../../../docs/reference/akamai-dns-proxy.md"), "utf8");
const yaml = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = ""]) => text);

test("every lint rule has its row", () => {
  const table = /### check\n[^]*?### explain/.exec(page)?.[0] ?? "";
  expect([...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id)).toEqual(lintRules.map(({ id }) => id));
});

test("the tests of the page pass with the policy of the page", async () => {
  const { policy } = new LocatedPolicy("adp.yaml", yaml.find((text) => text.startsWith("listen:")) ?? "");
  const tests = parseTestFile(yaml.find((text) => text.startsWith("tests:")) ?? "", "adp.tests.yaml", policy);
  const results = await runPolicyTests(policy, tests);
  expect(results.map(({ isPassed, outcome }) => `${isPassed} ${outcome}`)).toEqual([
    "true allow by grants[0], 201",
    "true deny: name-not-granted, 403",
    "true deny: value-not-granted, 403",
  ]);
});
