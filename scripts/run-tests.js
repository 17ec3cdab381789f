"use strict";
/** Runs jest over every test project that can run here, and names the ones that cannot. */
const { spawnSync } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const { availableParallelism, tmpdir } = require("node:os");
const { join } = require("node:path");
const { surveyProjects } = require("./parts");
const { suitesToRunAgain } = require("./suites-to-run-again");

// half of the time is spent waiting for programs, for DNS, and for what is slow on purpose
const workers = `--maxWorkers=${2 * availableParallelism()}`;
const folder = mkdtempSync(join(tmpdir(), "tests-"));
try {
  process.exitCode = runTests(join(folder, "report.json"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const { name, missing } of surveyProjects())
  if (missing.length > 0)
    for (const { program, get } of missing) console.log(`not run: ${name} tests need ${program} (${get})`);

/** A machine without people gets a second look at what failed (docs/decisions/0010). */
function runTests(report) {
  const keep = process.env.CI === "true" ? ["--json", `--outputFile=${report}`] : [];
  const status = jest(["--passWithNoTests", workers, ...keep, ...process.argv.slice(2)]);
  if (status === 0 || process.env.CI !== "true") return status;
  const suites = suitesToRunAgain(report);
  if (suites.length === 0) return status;
  console.log(`\nfailed beside the others, and run again alone:\n${suites.join("\n")}\n`);
  const alone = jest(["--runInBand", "--runTestsByPath", ...suites]);
  if (alone === 0)
    console.log(`\npassed alone, so there is a race in each of them, to be mended:\n${suites.join("\n")}`);
  return alone;
}

function jest(args) {
  return spawnSync(process.execPath, [require.resolve("jest/bin/jest"), ...args], { stdio: "inherit" }).status ?? 1;
}
