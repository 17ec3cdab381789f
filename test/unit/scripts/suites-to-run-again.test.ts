import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suitesToRunAgain } from "../../../scripts/suites-to-run-again";

const folder = mkdtempSync(join(tmpdir(), "report-"));
const report = join(folder, "report.json");
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(statuses: Readonly<Record<string, "passed" | "failed">>): string {
  const testResults = Object.entries(statuses).map(([name, status]) => ({ name, status }));
  writeFileSync(report, JSON.stringify({ testResults }));
  return report;
}

test("what failed, and nothing else", () => {
  expect(suitesToRunAgain(reportOf({ "/a": "passed", "/b": "failed", "/c": "failed" }))).toEqual(["/b", "/c"]);
});

test("nothing where more than three failed", () => {
  expect(suitesToRunAgain(reportOf({ "/a": "failed", "/b": "failed", "/c": "failed", "/d": "failed" }))).toEqual([]);
});

test("nothing without a report", () => {
  expect(suitesToRunAgain(join(folder, "none.json"))).toEqual([]);
});
