/** A run for people: a line for each stack, then what is in the way, rule by rule, and the way out. */
import { aligned } from "../../platform/report/aligned";
import type { WatchedCertificate } from "../detect/watched-certificate";
import type { Finding } from "../guards/guard";
import type { DriftRun } from "../run/run-stacks";
import { exitCodeOfStack, type StackReport } from "../run/stack-report";
import { approvalOf, changesOf, openFindings, outcomeOf, policyTold } from "./outcome-words";

/** More of one rule's findings than this are counted. */
const mostTold = 5;

export function toText({ reports, applies, waivers = [] }: DriftRun): string {
  const rows = reports.map((report) => [report.stack.name, outcomeOf(report), changesOf(report), checksumOf(report)]);
  const isReady = reports.some((report) => exitCodeOfStack(report) === 2);
  return [
    ...aligned([["STACK", "OUTCOME", "PLAN", "CHECKSUM"], ...rows]),
    ...reports.flatMap(detailsOf),
    ...(waivers.length === 0 ? [] : ["", ...waivers.map(({ text }) => `waiver: ${text}`)]),
    ...(isReady && !applies ? ["", "nothing was changed: --apply does what is safe"] : []),
    "",
  ].join("\n");
}

/** Enough of it to tell plans apart; the whole is in the JSON. */
function checksumOf({ checksum }: StackReport): string {
  return checksum?.slice(0, 12) ?? "";
}

function detailsOf(report: StackReport): string[] {
  const { stack, failure, approveWith, approvedBy, served, certificates = [] } = report;
  const findings = openFindings(report);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const lines = [
    ...rules.flatMap((rule) => ruleLines(findings.filter((finding) => finding.rule === rule))),
    ...policyTold(report).map((told) => `  -- ${told}`),
    ...(approvedBy === undefined ? [] : [`  ok ${approvalOf(approvedBy)}`]),
    ...(approveWith === undefined ? [] : [`  to approve: ${approveWith}`]),
    ...failureLines(failure),
    ...servedLines(served),
    ...certificateLines(certificates),
  ];
  return lines.length === 0 ? [] : ["", stack.name, ...lines];
}

/** What certificates fail for is told with them. */
function failureLines(failure: StackReport["failure"]): string[] {
  if (failure === undefined || failure.step === "certificates") return [];
  const { message, code, hint } = failure.error;
  return [`  !! ${message} [${code}]`, ...(hint === undefined ? [] : [`     ${hint}`])];
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

/** What is an error or a warning; what was not seen is counted, with the first reason. */
function certificateLines(certificates: readonly WatchedCertificate[]): string[] {
  const all = certificates.flatMap(({ address, findings }) => findings.map((finding) => ({ address, ...finding })));
  const seen = all.filter(({ level }) => level !== "unseen");
  const told = seen
    .slice(0, mostTold)
    .flatMap(({ rule, level, address, message, wayOut }) => [
      `  ${level === "error" ? "!!" : "??"} ${rule}`,
      `     ${address}: ${message}`,
      `     ${wayOut}`,
    ]);
  const reasons = [...new Set(all.filter(({ level }) => level === "unseen").map(({ message }) => message))];
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : "";
  return [
    ...told,
    ...(seen.length > mostTold ? [`     and ${seen.length - mostTold} more`] : []),
    ...(reasons[0] === undefined ? [] : [`  -- ${reasons[0]}${more}`]),
  ];
}
