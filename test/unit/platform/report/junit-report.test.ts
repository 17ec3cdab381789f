import { junitReport } from "../../../../src/platform/report/junit-report";

test("what XML has a meaning for is escaped, what it has no place for is left out", () => {
  const report = junitReport("t.yaml", [
    { name: 'a "b" & \u0007c', failure: "expected allow, got <deny>" },
    { name: "fine" },
  ]);
  expect(report).toContain('name="a &quot;b&quot; &amp; c"');
  expect(report).toContain('message="expected allow, got &lt;deny&gt;"');
  expect(report).toContain('tests="2" failures="1"');
});
