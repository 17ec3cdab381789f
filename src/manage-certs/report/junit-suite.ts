import { junitSuite as suiteOf, type SuiteCase } from "../../platform/report/junit-suite";
import type { ScanFailure } from "../scan/estate";

export type { CaseOutcome, SuiteCase } from "../../platform/report/junit-suite";

/** JUnit XML of one command's run; what could not be looked at is an error. */
export function junitSuite(
  command: string,
  at: Date,
  cases: readonly SuiteCase[],
  failures: readonly ScanFailure[],
): string {
  const lost = failures.map(({ accountId = "", region = "", service, error }): SuiteCase => ({
    id: "scan",
    name: [accountId, region, service].filter(Boolean).join(" "),
    outcome: { state: "error", type: error.code, message: error.message },
  }));
  return suiteOf(`manage-certs ${command}`, at, [...cases, ...lost]);
}
