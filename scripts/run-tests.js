"use strict";
/** Runs jest over every test project that can run here, and names the ones that cannot. */
const { spawnSync } = require("node:child_process");
const { surveyProjects } = require("./parts");

const jest = require.resolve("jest/bin/jest");
const result = spawnSync(process.execPath, [jest, "--passWithNoTests", ...process.argv.slice(2)], { stdio: "inherit" });
for (const { name, missing } of surveyProjects())
  if (missing.length > 0)
    for (const { program, get } of missing) console.log(`not run: ${name} tests need ${program} (${get})`);
process.exitCode = result.status ?? 1;
