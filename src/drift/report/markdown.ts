import { markdownTable, markdownText } from "../../platform/report/markdown";
import type { DriftRun } from "../run/run-stacks";
import { changesOf, outcomeOf, reasonOf } from "./outcome-words";

/** A run in Markdown, for the step summary of a pipeline. */
export function toMarkdown({ applies, reports }: DriftRun): string {
  const rows = reports.map((report) => [report.stack.name, outcomeOf(report), changesOf(report), reasonOf(report)]);
  const findings = reports.flatMap(({ stack, findings: all }) => all.map((finding) => ({ stack, ...finding })));
  const waysOut = [...new Set(findings.map(({ rule, wayOut }) => `- ${markdownText(rule)}: ${markdownText(wayOut)}`))];
  return [
    `## drift-check run${applies ? "" : " (dry run)"}`,
    "",
    ...markdownTable([["Stack", "Outcome", "Plan", "Why"], ...rows]),
    "",
    ...(waysOut.length === 0 ? [] : [...waysOut, ""]),
  ].join("\n");
}
