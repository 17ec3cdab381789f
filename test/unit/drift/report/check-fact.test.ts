import { checkFact } from "../../../../src/drift/report/check-fact";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const facts = Object.fromEntries(manyOutcomes.reports.map((report) => [report.stack.name, checkFact(report)]));

test.each([
  ["api", "done", true],
  ["blog", "done", false],
  ["cdn", "refused", false],
  ["dns", "refused", false],
  ["edge", "done", false],
  ["ftp", "failed", false],
  ["git", "failed", true],
])("%s is %s", (stack, outcome, applied) => {
  expect(facts[stack]).toMatchObject({ event: "drift.checked", outcome, subject: { stack }, facts: { applied } });
});

test("why, and what failed", () => {
  expect(facts.cdn?.why).toBe("a renewal does not change aws_lb");
  expect(facts.ftp?.error?.code).toBe("terraform_failed");
  expect(facts.api?.facts).toMatchObject({ verdict: "safe", checksum: expect.stringMatching(/^d71b/) as string });
});
