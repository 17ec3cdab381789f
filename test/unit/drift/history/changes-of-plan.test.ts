import { changesOfPlan } from "../../../../src/drift/history/changes-of-plan";
import type { KeptRun } from "../../../../src/drift/history/run-history";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

async function* runs(): AsyncGenerator<KeptRun> {
  yield* [{ id: "20261122T061700.000Z-aaaaaa", document: toRunDocument(manyOutcomes) }];
}

test("what a plan would have done is known from the run that saw it", async () => {
  const { checksum = "", changes } = manyOutcomes.reports[0] ?? {};
  expect(await changesOfPlan(checksum, { runs })).toEqual(changes);
  expect(await changesOfPlan("0".repeat(64), { runs })).toBeUndefined();
});
