import { approvalFact, refusalFact } from "../../../../src/drift/report/approval-fact";
import type { StackReport } from "../../../../src/drift/run/stack-report";
import { AppError } from "../../../../src/platform/errors";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const [cdn] = manyOutcomes.reports.filter(({ stack }) => stack.name === "cdn") as [StackReport];
const given = { checksum: "aa", reason: "the front end moves" };

test("an approval is on record with its plan and its reason", () => {
  expect(approvalFact(cdn, given)).toEqual({
    ...{ event: "change.approved", outcome: "done", subject: { stack: "cdn" }, why: "the front end moves" },
    facts: { checksum: "aa", verdict: "needs-approval" },
  });
});

test("one that came too late is on record as refused, and one that was followed is not there twice", () => {
  const error = new AppError("plan_changed", "the plan is another one now");
  const late = { ...cdn, failure: { step: "judge" as const, error } };
  expect(refusalFact(late, given)).toMatchObject({ event: "change.approved", outcome: "refused", error });
  expect(refusalFact({ ...cdn, approvedBy: { who: "alice@build-7" } }, given)).toBeUndefined();
});
