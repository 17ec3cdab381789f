import { markdownTable, markdownText } from "../../platform/report/markdown";
import { date } from "../../platform/words";
import type { WatchedCertificate } from "../detect/watched-certificate";
import type { DriftRun } from "../run/run-stacks";
import { changesOf, openFindings, outcomeOf, policyTold, reasonOf, stateOf } from "./outcome-words";

/** A run in Markdown, for the step summary of a pipeline. */
export function toMarkdown({ applies, reports, waivers = [] }: DriftRun): string {
  const rows = reports.map((report) => [report.stack.name, outcomeOf(report), changesOf(report), reasonOf(report)]);
  const findings = reports.flatMap((report) => openFindings(report));
  const waysOut = [...new Set(findings.map(({ rule, wayOut }) => `- ${markdownText(rule)}: ${markdownText(wayOut)}`))];
  const approvals = reports.flatMap(({ approveWith }) => approveWith ?? []);
  return [
    `## drift-check run${applies ? "" : " (dry run)"}`,
    "",
    ...markdownTable([["Stack", "Outcome", "Plan", "Why"], ...rows]),
    "",
    ...(waysOut.length === 0 ? [] : [...waysOut, ""]),
    ...told([...reports.flatMap(policyTold), ...waivers.map(({ text }) => `waiver: ${text}`)]),
    ...(approvals.length === 0 ? [] : ["To approve:", "", "```text", ...approvals, "```", ""]),
    ...certificateTable(reports),
  ].join("\n");
}

function told(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines.map((line) => `- ${markdownText(line)}`), ""];
}

/** Those that end first come first. */
function certificateTable(reports: DriftRun["reports"]): string[] {
  const rows = reports
    .flatMap(({ stack, certificates = [] }) => certificates.map((certificate) => ({ stack, certificate })))
    .sort((left, right) => endOf(left.certificate) - endOf(right.certificate))
    .map(({ stack, certificate }) => {
      const { state, acm, wire } = certificate.notAfter;
      const ends = [state, acm, wire].map((end) => (end === undefined ? "" : date(end)));
      return [stack.name, certificate.address, ...ends, certificate.renewal?.state ?? "", stateOf(certificate)];
    });
  if (rows.length === 0) return [];
  const head = ["Stack", "Certificate", "Ends by state", "In ACM", "On the wire", "Renewal", "What is wrong"];
  return [...markdownTable([head, ...rows]), ""];
}

function endOf({ notAfter }: WatchedCertificate): number {
  return notAfter.state?.getTime() ?? Infinity;
}
