import { waiverCase } from "../../policy/waiver-case";
import { nameOfCertificate } from "../findings/words";
import type { RevocationReport } from "../revoke/run-revocations";
import { junitSuite, type CaseOutcome } from "./junit-suite";
import type { RevocationsRun } from "./revocations-document";

/** A run as JUnit XML, a test case for each certificate, so that CI shows it. */
export function toRevocationsJunit({ applied, estate, reports, waivers = [] }: RevocationsRun): string {
  const cases = reports.map((report) => ({
    id: report.planned.arn,
    name: nameOfCertificate(report.planned),
    outcome: outcomeOf(report, applied),
  }));
  return junitSuite("revoke", estate.scannedAt, [...cases, ...waivers.map(waiverCase)], estate.failures);
}

function outcomeOf({ planned: { action }, error }: RevocationReport, applied: boolean): CaseOutcome | undefined {
  if (error !== undefined) return { state: "failure", type: error.code, message: error.message, more: error.hint };
  if (action.kind === "blocked") return { state: "failure", type: action.code, message: action.why, more: action.hint };
  return applied || action.kind === "left" ? undefined : { state: "skipped", message: `to do: ${action.why}` };
}
