import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { latestResults } from "../../../../src/drift/history/latest-results";
import { RunHistory } from "../../../../src/drift/history/run-history";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const now = new Date("2026-11-22T12:00:00.000Z");
let state: string;
let history: RunHistory;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "unexpired-history-"));
  history = new RunHistory(state, { now: () => now });
});
afterEach(() => rmSync(state, { recursive: true }));

const at = (hour: number) => ({ ...manyOutcomes, startedAt: new Date(Date.UTC(2026, 10, 22, hour)) });

test("a run is a folder for its owner alone, with its document and its summary", async () => {
  const id = await history.write(manyOutcomes, 10);
  expect(id).toMatch(/^20261122T061700\.000Z-[0-9a-f]{6}$/);
  const folder = join(state, "drift/runs", id);
  expect(readdirSync(folder).sort()).toEqual(["run.json", "summary.md"]);
  const modes = [folder, join(folder, "run.json"), join(folder, "summary.md")].map(
    (path) => statSync(path).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("## drift-check run");
  expect(await history.read(id)).toEqual({ id, document: toRunDocument(manyOutcomes) });
});

test("the latest comes first; beyond the number the oldest go", async () => {
  expect([await history.list(), await history.latest()]).toEqual([[], undefined]);
  const ids = [];
  for (const hour of [3, 1, 2, 4]) ids.push(await history.write(at(hour), 3));
  expect(await history.list()).toEqual([ids[3], ids[0], ids[2]]);
  expect((await history.latest())?.id).toBe(ids[3]);
  expect(readdirSync(history.folder).length).toBe(3);
});

test("what a killed run left is no run, and goes after an hour", async () => {
  const left = ["20261122T010000.000Z-aaaaaa", "20261122T020000.000Z-bbbbbb"].map((id) =>
    join(history.folder, `.${id}`),
  );
  for (const folder of left) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "run.json"), '{"version":1,"sta');
  }
  utimesSync(left[0] ?? "", now, new Date(now.getTime() - 7200_000));
  utimesSync(left[1] ?? "", now, now);
  expect([await history.list(), await history.latest()]).toEqual([[], undefined]);
  const id = await history.write(manyOutcomes, 10);
  expect(readdirSync(history.folder).sort()).toEqual([".20261122T020000.000Z-bbbbbb", id]);
});

test("no id leads out of the folder, and what cannot be read is said", async () => {
  await expect(history.read("../../../etc")).rejects.toMatchObject({ code: "run_not_found" });
  const id = await history.write(manyOutcomes, 10);
  writeFileSync(join(history.folder, id, "run.json"), '{"version":2}');
  await expect(history.latest()).rejects.toMatchObject({ code: "store_unreadable" });
});

test("where nothing can be written that is said, and nothing is left", async () => {
  writeFileSync(join(state, "drift"), "not a folder");
  await expect(history.write(manyOutcomes, 10)).rejects.toMatchObject({ code: "store_unwritable" });
});

test("of each stack the latest result, by its folder", async () => {
  await history.write(at(1), 10);
  const later = await history.write({ ...at(2), reports: manyOutcomes.reports.slice(0, 1) }, 10);
  const results = await latestResults(history);
  expect(results.map(({ result, runId }) => [result.name, runId === later])).toEqual([
    ["api", true],
    ...["blog", "cdn", "dns", "edge", "ftp", "git"].map((name) => [name, false]),
  ]);
});
