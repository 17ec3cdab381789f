import { markdownTable } from "../../platform/report/markdown";
import { date, nameOfCertificate } from "../findings/words";
import { toldOnly } from "../policy/denial-of";
import { attachmentsMarkdown } from "./attachments-markdown";
import { failedMarkdown, waiverMarkdown } from "./failed";
import type { IssueRun } from "./issue-document";
import { notOrdered } from "./issue-junit";
import { outcomeCell } from "./told-outcome";

/** A run in Markdown, for the step summary of a pipeline. */
export function toIssueMarkdown({ applied, estate, report, waivers }: IssueRun): string {
  const { plan, attachments } = report;
  const { names } = plan.request;
  const row = [nameOfCertificate(plan.certificate), names.join(", "), cell({ applied, report })];
  return [
    `## manage-certs issue${applied ? "" : " (dry run)"}`,
    "",
    ...failedMarkdown(estate.failures),
    ...waiverMarkdown(waivers),
    ...markdownTable([["Certificate", "Names", applied ? "Result" : "To do"], row]),
    "",
    ...(attachments.length === 0 ? [] : [...attachmentsMarkdown(attachments, applied), ""]),
  ].join("\n");
}

function cell({ applied, report }: Pick<IssueRun, "applied" | "report">): string {
  const { plan, outcome, error } = report;
  const told = toldOnly(plan.findings);
  if (!applied) return outcomeCell({ action: plan.action, error }, undefined, told);
  if (outcome === undefined) return outcomeCell({ action: plan.action, error }, [notOrdered], told);
  const { result, arn, notAfter, warnings } = outcome;
  const until = notAfter === undefined ? "" : `, good until ${date(notAfter)}`;
  return outcomeCell({ action: plan.action, error }, [`${result} as ${arn}${until}`, ...warnings], told);
}
