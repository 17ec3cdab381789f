import { markdownTable } from "../../platform/report/markdown";
import { away, counted, nameOfCertificate } from "../findings/words";
import type { RenewalReport } from "../renew/run-renewals";
import { toldOnly } from "../policy/denial-of";
import { failedMarkdown, waiverMarkdown } from "./failed";
import type { RenewalsRun } from "./renewals-document";
import { outcomeCell } from "./told-outcome";

/** A run in Markdown, for the step summary of a pipeline. */
export function toMarkdown({ applied, estate, reports, waivers }: RenewalsRun): string {
  const told = reports.filter(({ planned }) => planned.action.kind !== "left");
  const left = reports.length - told.length;
  const rows = told.map((report) => {
    const { certificate, attachments } = report.planned;
    const ends = certificate.notAfter === undefined ? "" : away(estate.scannedAt, certificate.notAfter);
    const served = attachments.map(({ point }) => point.name).join(", ");
    return [nameOfCertificate(certificate), ends, served, state(report)];
  });
  return [
    `## manage-certs renew${applied ? "" : " (dry run)"}`,
    "",
    `${counted(told.length, "certificate")} with something to do, ${left} left alone.`,
    "",
    ...failedMarkdown(estate.failures),
    ...waiverMarkdown(waivers),
    ...(rows.length === 0
      ? []
      : markdownTable([["Certificate", "Ends", "Served at", applied ? "Result" : "To do"], ...rows])),
    "",
  ].join("\n");
}

function state({ planned: { action, findings }, outcome, error }: RenewalReport): string {
  const told = outcome && [outcome.result, ...outcome.warnings];
  return outcomeCell({ action, error }, told, toldOnly(findings));
}
