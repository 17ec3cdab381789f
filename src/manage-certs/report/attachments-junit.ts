import { waiverCase } from "../../policy/waiver-case";
import type { AttachmentReport } from "../attach/run-attachments";
import type { AttachmentsRun } from "./attachments-document";
import { junitSuite, type SuiteCase } from "./junit-suite";
import { caseOutcome } from "./told-outcome";

/** A run as JUnit XML, a test case for each listener, so that CI shows it. */
export function toAttachmentsJunit({ applied, estate, reports, waivers = [] }: AttachmentsRun): string {
  const cases = attachmentCases(reports, applied);
  return junitSuite("attach", estate.scannedAt, [...cases, ...waivers.map(waiverCase)], estate.failures);
}

export function attachmentCases(reports: readonly AttachmentReport[], applied: boolean): SuiteCase[] {
  return reports.map((report) => ({
    ...{ id: report.planned.point.id, name: report.planned.point.name },
    outcome: caseOutcome({ action: report.planned.action, error: report.error }, whyNotDone(report, applied)),
  }));
}

function whyNotDone({ planned: { action }, outcome }: AttachmentReport, applied: boolean): string | undefined {
  if (applied) return outcome === undefined ? notBegun : undefined;
  return action.kind === "attach" ? `to do: ${action.why}` : undefined;
}

/** Of what comes after a failure. */
export const notBegun = "not begun, nothing was changed there";
