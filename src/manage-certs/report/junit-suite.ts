import { xmlText } from "../../platform/report/xml";
import type { ScanFailure } from "../scan/estate";

export interface SuiteCase {
  /** What a CI system groups by: an ARN. */
  readonly id: string;
  readonly name: string;
  /** Undefined where it passed. */
  readonly outcome?: CaseOutcome;
}

export type CaseOutcome =
  | { readonly state: "failure"; readonly type: string; readonly message: string; readonly more?: string }
  | { readonly state: "skipped"; readonly message: string };

/** JUnit XML of one command's run; what could not be looked at is an error. */
export function junitSuite(
  command: string,
  at: Date,
  cases: readonly SuiteCase[],
  failures: readonly ScanFailure[],
): string {
  const lost = failures.map(
    ({ accountId = "", region = "", service, error }) =>
      `    <testcase classname="scan" name="${xmlText([accountId, region, service].filter(Boolean).join(" "))}"><error type="${error.code}" message="${xmlText(error.message)}"/></testcase>`,
  );
  const count = (state: CaseOutcome["state"]) => cases.filter(({ outcome }) => outcome?.state === state).length;
  const counts = `tests="${cases.length + lost.length}" failures="${count("failure")}" errors="${lost.length}" skipped="${count("skipped")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="manage-certs ${command}" timestamp="${at.toISOString()}" ${counts}>`,
    ...cases.map(written),
    ...lost,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function written({ id, name, outcome }: SuiteCase): string {
  const attributes = `classname="${xmlText(id)}" name="${xmlText(name)}"`;
  if (outcome === undefined) return `    <testcase ${attributes}/>`;
  const message = `message="${xmlText(outcome.message)}"`;
  const inner =
    outcome.state === "skipped"
      ? `<skipped ${message}/>`
      : `<failure type="${outcome.type}" ${message}>${xmlText(outcome.more ?? "")}</failure>`;
  return `    <testcase ${attributes}>${inner}</testcase>`;
}
