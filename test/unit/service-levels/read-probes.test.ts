import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toScanDocument } from "../../../src/manage-certs/report/scan-document";
import { readProbes } from "../../../src/service-levels/read-probes";
import { bigEstate, inDays, now } from "../../support/scanned-estate";

const folder = mkdtempSync(join(tmpdir(), "probes-"));
const runs = join(folder, "runs");
afterAll(() => rmSync(folder, { recursive: true }));

function writeRun(at: Date, text?: string): void {
  const name = `${at.toISOString().replace(/[-:]/g, "")}-0a1b2c`;
  mkdirSync(join(runs, name), { recursive: true });
  if (text !== undefined) writeFileSync(join(runs, name, "run.json"), text);
}

const run = (at: Date) => JSON.stringify({ version: 1, at: at.toISOString(), applies: false, exitCode: 0, stacks: [] });
const read = (scans: readonly string[], mustExist = true) =>
  readProbes({ scans, runs: { folder: runs, mustExist }, now });

test("without runs there is nothing, unless somebody said that they are there", async () => {
  expect(await read([], false)).toEqual([]);
  await expect(read([])).rejects.toMatchObject({ code: "missing_file" });
});

test("scans and runs of 30 days, without one that was just dropped", async () => {
  for (const days of [-40, -29, -1]) writeRun(inDays(days), run(inDays(days)));
  writeRun(inDays(-2));
  const scan = join(folder, "scan.json");
  writeFileSync(scan, JSON.stringify(toScanDocument(bigEstate, [])));
  expect((await read([scan])).map(({ source, at }) => [source, at])).toEqual([
    ...[["scan", bigEstate.scannedAt]],
    ...[-29, -1].map((days) => ["drift-check", inDays(days)]),
  ]);
});

test("the latest run counts, however old", async () => {
  rmSync(runs, { recursive: true });
  for (const days of [-50, -40]) writeRun(inDays(days), run(inDays(days)));
  expect((await read([])).map(({ at }) => at)).toEqual([inDays(-40)]);
});

test("what is something else is named", async () => {
  const other = join(folder, "other.json");
  writeFileSync(other, "{}");
  await expect(read([other])).rejects.toMatchObject({ code: "invalid_argument" });
  writeRun(inDays(0), "no JSON");
  await expect(read([])).rejects.toThrow(/run\.json is not a run of drift-check/);
});
