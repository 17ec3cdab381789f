import { xmlText } from "./xml";

export interface SuiteCase {
  /** What a CI system groups by. */
  readonly id: string;
  readonly name: string;
  /** Undefined where it passed. */
  readonly outcome?: CaseOutcome;
}

export type CaseOutcome =
  | { readonly state: "failure" | "error"; readonly type: string; readonly message: string; readonly more?: string }
  | { readonly state: "skipped"; readonly message: string };

/** One run as JUnit XML, so that CI systems show it. */
export function junitSuite(suite: string, at: Date, cases: readonly SuiteCase[]): string {
  const count = (state: CaseOutcome["state"]) => cases.filter(({ outcome }) => outcome?.state === state).length;
  const counts = `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${xmlText(suite)}" timestamp="${at.toISOString()}" ${counts}>`,
    ...cases.map(written),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function written({ id, name, outcome }: SuiteCase): string {
  const attributes = `classname="${xmlText(id)}" name="${xmlText(name)}"`;
  if (outcome === undefined) return `    <testcase ${attributes}/>`;
  const message = `message="${xmlText(outcome.message)}"`;
  if (outcome.state === "skipped") return `    <testcase ${attributes}><skipped ${message}/></testcase>`;
  const { state, type, more } = outcome;
  const opening = `<${state} type="${xmlText(type)}" ${message}`;
  const inner = more === undefined ? `${opening}/>` : `${opening}>${xmlText(more)}</${state}>`;
  return `    <testcase ${attributes}>${inner}</testcase>`;
}
