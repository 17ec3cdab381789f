/** Every drill: the alarm comes, and the way back works. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allDrills } from "../../src/drill/all-drills";
import type { DrillReport } from "../../src/drill/measure-drill";
import { commandOf } from "../support/running-sandbox";

const folder = mkdtempSync(join(tmpdir(), "drills-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let reports: readonly DrillReport[];
let code: unknown;

beforeAll(async () => {
  const file = join(folder, "drills.json");
  const [command, ...args] = commandOf("drill", "--all", "--json", file);
  code = await new Promise((done) => execFile(command, args, (error) => done(error?.code ?? 0)));
  reports = (JSON.parse(readFileSync(file, "utf8")) as { readonly drills: readonly DrillReport[] }).drills;
}, 600_000);

test.each(allDrills.map(({ name, alert }) => [name, alert]))("%s: %s comes, and all is green again", (name, alert) => {
  const report = reports.find((each) => each.name === name);
  expect(report).toMatchObject({ name, alert, failures: [] });
  expect(report?.detectedSeconds).toBeLessThanOrEqual(report?.recoveredSeconds ?? 0);
});

test("the exit code says so", () => expect(code).toBe(0));
