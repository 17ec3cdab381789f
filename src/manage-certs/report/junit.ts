import { nameOfCertificate } from "../findings/words";
import { waiverCase } from "../../policy/waiver-case";
import { junitSuite } from "./junit-suite";
import type { RenewalsRun } from "./renewals-document";
import { caseOutcome } from "./told-outcome";

/** A run as JUnit XML, a test case for each certificate that there was something to do for, so that CI shows it. */
export function toJunit({ applied, estate, reports, waivers = [] }: RenewalsRun): string {
  const told = reports.filter(({ planned }) => planned.action.kind !== "left");
  const cases = told.map(({ planned: { certificate, action }, error }) => ({
    ...{ id: certificate.arn, name: nameOfCertificate(certificate) },
    outcome: caseOutcome({ action, error }, applied ? undefined : `to do: ${action.why}`),
  }));
  return junitSuite("renew", estate.scannedAt, [...cases, ...waivers.map(waiverCase)], estate.failures);
}
