import { markdownTable } from "../../platform/report/markdown";
import { counted, nameOfCertificate } from "../findings/words";
import type { RevocationReport } from "../revoke/run-revocations";
import { toldOnly } from "../policy/denial-of";
import { failedMarkdown, waiverMarkdown } from "./failed";
import type { RevocationsRun } from "./revocations-document";
import { outcomeCell } from "./told-outcome";

/** A run in Markdown, for the step summary of a pipeline. */
export function toRevocationsMarkdown({ applied, reason, estate, reports, waivers }: RevocationsRun): string {
  const rows = reports.map((report) => {
    const { planned } = report;
    const served = planned.attachments.map(({ point }) => point.name).join(", ");
    return [nameOfCertificate(planned), planned.serial ?? "", served, state(report)];
  });
  return [
    `## manage-certs revoke${applied ? "" : " (dry run)"}`,
    "",
    `${counted(reports.length, "certificate")}, reason ${reason}.`,
    "",
    ...failedMarkdown(estate.failures),
    ...waiverMarkdown(waivers),
    ...markdownTable([["Certificate", "Serial", "Served at", applied ? "Result" : "To do"], ...rows]),
    "",
  ].join("\n");
}

function state({ planned: { action, findings }, outcome, error }: RevocationReport): string {
  const { replacement } = outcome ?? {};
  const instead = replacement === undefined ? [] : [`replaced by ${replacement.serial}`];
  const told = outcome && [outcome.result, ...instead, ...outcome.warnings];
  return outcomeCell({ action, error }, told, toldOnly(findings));
}
