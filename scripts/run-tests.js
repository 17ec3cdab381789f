"use strict";
/** Runs jest over every test project that can run here, and names the ones that cannot. */
const { spawnSync } = require("node:child_process");
const { availableParallelism } = require("node:os");
const { surveyProjects } = require("./parts");

const jest = require.resolve("jest/bin/jest");
// half of the time is spent waiting for programs, for DNS, and for what is slow on purpose
const workers = `--maxWorkers=${2 * availableParallelism()}`;
const args = [jest, "--passWithNoTests", workers, ...process.argv.slice(2)];
const result = spawnSync(process.execPath, args, { stdio: "inherit" });
for (const { name, missing } of surveyProjects())
  if (missing.length > 0)
    for (const { program, get } of missing) console.log(`not run: ${name} tests need ${program} (${get})`);
process.exitCode = result.status ?? 1;
