import { junitReport } from "../../../../src/proxy/policy-tools/junit-report";
import type { PolicyTestResult } from "../../../../src/proxy/policy-tools/run-policy-tests";

test("what XML has a meaning for is escaped, what it has no place for is left out", () => {
  const result = {
    isPassed: false,
    outcome: "<deny>",
    test: { name: 'a "b" & \u0007c', expect: "allow" },
  } as PolicyTestResult;
  expect(junitReport("t.yaml", [result])).toContain('name="a &quot;b&quot; &amp;  c"');
  expect(junitReport("t.yaml", [result])).toContain('message="expected allow, got &lt;deny&gt;"');
});
