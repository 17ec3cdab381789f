import type { PolicyTestResult } from "./run-policy-tests";

/** The results as CI systems read them: one suite, in the shape that JUnit made common. */
export function junitReport(suite: string, results: readonly PolicyTestResult[]): string {
  const failures = results.filter(({ isPassed }) => !isPassed).length;
  const cases = results.map(({ test, isPassed, outcome }) => {
    const opening = `  <testcase classname=${quoted(suite)} name=${quoted(test.name)}`;
    if (isPassed) return `${opening}/>`;
    return `${opening}>\n    <failure message=${quoted(`expected ${test.expect}, got ${outcome}`)}/>\n  </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name=${quoted(suite)} tests="${results.length}" failures="${failures}" errors="0" skipped="0">`,
    ...cases,
    "</testsuite>",
    "",
  ].join("\n");
}

/** As an attribute value. XML 1.0 has no place for most control characters, not even escaped. */
function quoted(text: string): string {
  const escaped = text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\p{Cc}/gu, " ");
  return `"${escaped}"`;
}
