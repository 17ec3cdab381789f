import { waiverCase } from "../../policy/waiver-case";
import { nameOfCertificate } from "../findings/words";
import { junitSuite } from "./junit-suite";
import type { RevocationsRun } from "./revocations-document";
import { caseOutcome } from "./told-outcome";

/** A run as JUnit XML, a test case for each certificate, so that CI shows it. */
export function toRevocationsJunit({ applied, estate, reports, waivers = [] }: RevocationsRun): string {
  const cases = reports.map(({ planned, error }) => {
    const { arn, action } = planned;
    const isDone = applied || action.kind === "left";
    return {
      ...{ id: arn, name: nameOfCertificate(planned) },
      outcome: caseOutcome({ action, error }, isDone ? undefined : `to do: ${action.why}`),
    };
  });
  return junitSuite("revoke", estate.scannedAt, [...cases, ...waivers.map(waiverCase)], estate.failures);
}
