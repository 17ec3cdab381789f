"use strict";
const { existsSync, readFileSync } = require("node:fs");

/** More than so many are no accident of a busy machine. */
const most = 3;

/** Files of the suites that failed, of a report that jest wrote; none where there is no report, or too much failed. */
function suitesToRunAgain(report) {
  if (!existsSync(report)) return [];
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  const failed = testResults.filter(({ status }) => status === "failed").map(({ name }) => name);
  return failed.length > most ? [] : failed;
}

module.exports = { suitesToRunAgain };
