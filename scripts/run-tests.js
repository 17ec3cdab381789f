"use strict";
/** Runs jest over every test project that can run here, and names the ones that cannot. */
const { spawnSync } = require("node:child_process");
const { availableParallelism } = require("node:os");
const { surveyProjects } = require("./parts");

const jest = require.resolve("jest/bin/jest");
// much of the time is spent waiting for programs and for DNS, so that two at once are good for two cores as well
const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;
const args = [jest, "--passWithNoTests", workers, ...process.argv.slice(2)];
const result = spawnSync(process.execPath, args, { stdio: "inherit" });
for (const { name, missing } of surveyProjects())
  if (missing.length > 0)
    for (const { program, get } of missing) console.log(`not run: ${name} tests need ${program} (${get})`);
process.exitCode = result.status ?? 1;
