import { xmlText } from "./xml";

/** A test as CI systems read it. */
export interface JunitCase {
  readonly name: string;
  /** Why it failed; undefined if it passed. */
  readonly failure?: string;
}

/** Results as CI systems read them: one suite, in the shape that JUnit made common. */
export function junitReport(suite: string, tests: readonly JunitCase[]): string {
  const failures = tests.filter(({ failure }) => failure !== undefined).length;
  const cases = tests.map(({ name, failure }) => {
    const opening = `  <testcase classname=${quoted(suite)} name=${quoted(name)}`;
    if (failure === undefined) return `${opening}/>`;
    return `${opening}>\n    <failure message=${quoted(failure)}/>\n  </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name=${quoted(suite)} tests="${tests.length}" failures="${failures}" errors="0" skipped="0">`,
    ...cases,
    "</testsuite>",
    "",
  ].join("\n");
}

/** As an attribute value. */
function quoted(text: string): string {
  return `"${xmlText(text)}"`;
}
