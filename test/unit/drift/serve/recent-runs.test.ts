import type { KeptRun } from "../../../../src/drift/history/run-history";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { RecentRuns } from "../../../../src/drift/serve/recent-runs";
import { AppError } from "../../../../src/platform/errors";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

/** A history in memory; what was read is told. */
function history(...runs: readonly (readonly [id: string, ...stacks: readonly string[]])[]) {
  const kept = new Map(runs.map((run) => [run[0], run]));
  const read: string[] = [];
  return {
    kept,
    read,
    source: {
      list: async () => [...kept.keys()].sort().reverse(),
      read: async (id: string): Promise<KeptRun> => {
        read.push(id);
        const [, ...stacks] = kept.get(id) ?? [];
        const document = toRunDocument(manyOutcomes);
        return { id, document: { ...document, stacks: document.stacks.filter(({ name }) => stacks.includes(name)) } };
      },
    },
  };
}

const shown = (runs: RecentRuns) => runs.stacks.map(({ runId, result }) => `${result.name} ${runId}`);

test("every stack as its latest run saw it, and runs, latest first", async () => {
  const runs = new RecentRuns(history(["1", "api", "blog"], ["3", "api"], ["2", "api", "cdn"]).source);
  await runs.refresh();
  expect(shown(runs)).toEqual(["api 3", "blog 1", "cdn 2"]);
  expect(runs.runs.map(({ id }) => id)).toEqual(["3", "2", "1"]);
  expect(runs.runs[1]).toMatchObject({
    exitCode: 1,
    seconds: 2.5,
    outcomes: new Map([
      ["applied", 1],
      ["needs-approval", 1],
    ]),
  });
  expect(runs.latest?.stacks.map(({ name }) => name)).toEqual(["api"]);
});

test("a document is read once; what is dropped is gone", async () => {
  const { source, kept, read } = history(["1", "api", "blog"], ["2", "api"]);
  const runs = new RecentRuns(source);
  await Promise.all([runs.refresh(), runs.refresh()]);
  kept.delete("1");
  kept.set("4", ["4", "cdn"]);
  await runs.refresh();
  expect(read).toEqual(["1", "2", "4"]);
  expect(shown(runs)).toEqual(["api 2", "cdn 4"]);
});

test("what was known stays while the history cannot be read, and why is told", async () => {
  const { source } = history(["1", "api"]);
  let isBroken = false;
  const list = async () => {
    if (isBroken) throw new AppError("store_unreadable", "no leave");
    return source.list();
  };
  const runs = new RecentRuns({ ...source, list });
  await runs.refresh();
  isBroken = true;
  await runs.refresh();
  expect(runs.error).toMatchObject({ code: "store_unreadable" });
  expect(shown(runs)).toEqual(["api 1"]);
  isBroken = false;
  await runs.refresh();
  expect(runs.error).toBeUndefined();
});
