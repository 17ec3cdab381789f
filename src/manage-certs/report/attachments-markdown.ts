import { markdownTable, markdownText } from "../../platform/report/markdown";
import { nameOfCertificate } from "../findings/words";
import type { AttachmentReport } from "../attach/run-attachments";
import type { AttachmentsRun } from "./attachments-document";
import { notBegun } from "./attachments-junit";
import { failedMarkdown, waiverMarkdown } from "./failed";
import { outcomeCell } from "./told-outcome";

/** A run in Markdown, for the step summary of a pipeline. */
export function toAttachmentsMarkdown({ applied, estate, certificate, reports, waivers }: AttachmentsRun): string {
  return [
    `## manage-certs attach${applied ? "" : " (dry run)"}`,
    "",
    markdownText(`${nameOfCertificate(certificate)} (${certificate.arn})`),
    "",
    ...failedMarkdown(estate.failures),
    ...waiverMarkdown(waivers),
    ...attachmentsMarkdown(reports, applied),
    "",
  ].join("\n");
}

/** A row for each listener. */
export function attachmentsMarkdown(reports: readonly AttachmentReport[], applied: boolean): string[] {
  const rows = reports.map((report) => [report.planned.point.name, report.planned.role, cell(report, applied)]);
  return markdownTable([["Listener", "Role", applied ? "Result" : "To do"], ...rows]);
}

function cell({ planned: { action, notes }, outcome, error }: AttachmentReport, applied: boolean): string {
  if (!applied) return outcomeCell({ action, error }, undefined, notes);
  return outcomeCell({ action, error }, outcome === undefined ? [notBegun] : [outcome.result, ...outcome.warnings], []);
}
