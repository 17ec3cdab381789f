/** A run for people: a line for each stack, then what is in the way, rule by rule, and the way out. */
import { aligned } from "../../platform/report/aligned";
import type { Finding } from "../guards/guard";
import type { DriftRun } from "../run/run-stacks";
import { exitCodeOfStack, type StackReport } from "../run/stack-report";
import { changesOf, outcomeOf } from "./outcome-words";

/** More of one rule's findings than this are counted. */
const mostTold = 5;

export function toText({ reports, applies }: DriftRun): string {
  const rows = reports.map((report) => [report.stack.name, outcomeOf(report), changesOf(report), checksumOf(report)]);
  const isReady = reports.some((report) => exitCodeOfStack(report) === 2);
  return [
    ...aligned([["STACK", "OUTCOME", "PLAN", "CHECKSUM"], ...rows]),
    ...reports.flatMap(detailsOf),
    ...(isReady && !applies ? ["", "nothing was changed: --apply does what is safe"] : []),
    "",
  ].join("\n");
}

/** Enough of it to tell plans apart; the whole is in the JSON. */
function checksumOf({ checksum }: StackReport): string {
  return checksum?.slice(0, 12) ?? "";
}

function detailsOf({ stack, failure, findings, served }: StackReport): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const lines = [
    ...rules.flatMap((rule) => ruleLines(findings.filter((finding) => finding.rule === rule))),
    ...(failure === undefined ? [] : [`  !! ${failure.error.message} [${failure.error.code}]`]),
    ...(failure?.error.hint === undefined ? [] : [`     ${failure.error.hint}`]),
    ...servedLines(served),
  ];
  return lines.length === 0 ? [] : ["", stack.name, ...lines];
}

function ruleLines(findings: readonly Finding[]): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const told = findings.slice(0, mostTold).map(({ subject, message }) => `     ${subject}: ${message}`);
  const more = findings.length - told.length;
  return [
    `  ${first.verdict === "forbidden" ? "!!" : "??"} ${first.rule} (${first.verdict})`,
    ...told,
    ...(more > 0 ? [`     and ${more} more`] : []),
    `     ${first.wayOut}`,
  ];
}

function servedLines(served: StackReport["served"]): string[] {
  const certificates = [...new Set(served.map(({ certificate }) => certificate))];
  return certificates.map((certificate) => {
    const seen = served.filter((each) => each.certificate === certificate);
    return `  ok ${certificate}: serial ${seen[0]?.serial ?? ""} in ${seen.length} ${seen.length === 1 ? "handshake" : "handshakes"}`;
  });
}
