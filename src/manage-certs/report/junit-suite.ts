import { junitSuite as suiteOf, type SuiteCase } from "../../platform/report/junit-suite";
import type { ReportedWaiver } from "../../policy/reported-waiver";
import type { ScanFailure } from "../scan/estate";

export type { CaseOutcome, SuiteCase } from "../../platform/report/junit-suite";

/** CI systems show why a case was skipped, and nothing of one that passed. */
export function waiverCase({ rule, names, text }: ReportedWaiver): SuiteCase {
  return {
    id: "policy",
    name: `waiver of ${rule} for ${names.join(", ")}`,
    outcome: { state: "skipped", message: text },
  };
}

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
