import { waiverCase } from "../../policy/waiver-case";
import { nameOfCertificate } from "../findings/words";
import { attachmentCases } from "./attachments-junit";
import type { IssueRun } from "./issue-document";
import { junitSuite } from "./junit-suite";
import { caseOutcome } from "./told-outcome";

/** A run as JUnit XML, a test case for the certificate and one for each listener, so that CI shows it. */
export function toIssueJunit({ applied, estate, report, waivers = [] }: IssueRun): string {
  const { plan, error, attachments } = report;
  const certificate = {
    ...{ id: "certificate", name: nameOfCertificate(plan.certificate) },
    outcome: caseOutcome({ action: plan.action, error }, whyNotIssued({ applied, report })),
  };
  const cases = [certificate, ...attachmentCases(attachments, applied), ...waivers.map(waiverCase)];
  return junitSuite("issue", estate.scannedAt, cases, estate.failures);
}

function whyNotIssued({
  applied,
  report: { plan, outcome },
}: Pick<IssueRun, "applied" | "report">): string | undefined {
  if (applied) return outcome === undefined ? notOrdered : undefined;
  return plan.action.kind === "order" ? `to do: ${plan.action.why}` : undefined;
}

/** Where a listener is in the way. */
export const notOrdered = "not begun, nothing was ordered";
