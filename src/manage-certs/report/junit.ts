import { nameOfCertificate } from "../findings/words";
import type { RenewalReport } from "../renew/run-renewals";
import { waiverCase } from "../../policy/waiver-case";
import { junitSuite, type CaseOutcome } from "./junit-suite";
import type { RenewalsRun } from "./renewals-document";

/** A run as JUnit XML, a test case for each certificate that there was something to do for, so that CI shows it. */
export function toJunit({ applied, estate, reports, waivers = [] }: RenewalsRun): string {
  const told = reports.filter(({ planned }) => planned.action.kind !== "left");
  const cases = told.map((report) => {
    const { certificate } = report.planned;
    return { id: certificate.arn, name: nameOfCertificate(certificate), outcome: outcomeOf(report, applied) };
  });
  return junitSuite("renew", estate.scannedAt, [...cases, ...waivers.map(waiverCase)], estate.failures);
}

function outcomeOf({ planned: { action }, error }: RenewalReport, applied: boolean): CaseOutcome | undefined {
  if (error !== undefined) return { state: "failure", type: error.code, message: error.message, more: error.hint };
  if (action.kind === "blocked") return { state: "failure", type: action.code, message: action.why, more: action.hint };
  return applied ? undefined : { state: "skipped", message: `to do: ${action.why}` };
}
