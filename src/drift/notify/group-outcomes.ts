import { shellWord } from "../../platform/shell-word";
import { counted } from "../../platform/words";
import { approvalOf } from "../report/outcome-words";
import type { DriftRun } from "../run/run-stacks";
import type { StackReport } from "../run/stack-report";
import { keyOf, type Notice, type NoticeStack } from "./notice";
import { subjectKind } from "./subject-kind";

/** Of one stack, before it is put to others of the same cause. */
type Outcome = Omit<Notice, "title" | "stacks" | "since"> & { readonly stack: NoticeStack };

/** Longer texts of others are cut: a notice is to be read. */
const longestMessage = 300;

/**
 * What there is to tell of a run. Of a plan the first of its worst findings counts: whoever deals with it sees the
 * others. Nothing is told of stacks without anything to do, and of those that were stopped. `hideSecrets` is asked of
 * every text that is not ours.
 */
export function groupOutcomes({ reports }: DriftRun, hideSecrets: (text: string) => string): Notice[] {
  const groups = new Map<string, Outcome[]>();
  for (const report of reports) {
    for (const outcome of outcomesOf(report, (text) => bounded(hideSecrets(text))))
      groups.set(keyOf(outcome), [...(groups.get(keyOf(outcome)) ?? []), outcome]);
  }
  return [...groups.values()].flatMap((outcomes) => noticeOf(outcomes) ?? []);
}

function noticeOf(outcomes: readonly Outcome[]): Notice | undefined {
  const [first] = outcomes;
  if (first === undefined) return undefined;
  const stacks = outcomes.map(({ stack }) => stack).sort((one, other) => one.name.localeCompare(other.name));
  const { kind, cause, subjectKind: subjects, wayOut } = first;
  return { kind, cause, subjectKind: subjects, title: titleOf(first, stacks.length), stacks, wayOut };
}

function titleOf({ kind, cause, subjectKind: subjects }: Outcome, count: number): string {
  const stacks = counted(count, "stack");
  const [are, need] = count === 1 ? ["is", "needs"] : ["are", "need"];
  switch (kind) {
    case "failed":
      return `${stacks} failed: ${cause} (${subjects})`;
    case "forbidden":
      return `${stacks} ${are} held back: ${cause} (${subjects})`;
    case "needs-approval":
      return `${stacks} ${need} approval: ${cause} (${subjects})`;
    case "safe":
      return `${stacks} ${are} due, and not applied`;
    case "applied":
      return cause === "renewal" ? `${stacks} renewed` : `${stacks} changed, as approved`;
    case "resolved":
      return `${stacks} resolved`;
  }
}

/** A failure, and the plan beside it where it waits for somebody all the same. */
function outcomesOf(report: StackReport, told: (text: string) => string): Outcome[] {
  const { failure, verdict, isApplied } = report;
  const failed = failure === undefined || failure.error.code === "aborted" ? [] : [failureOf(report, failure, told)];
  if (!isApplied && (verdict === "forbidden" || verdict === "needs-approval"))
    return [...failed, ...objectionOf(report, verdict, told)];
  const isDone = failure === undefined && (isApplied || verdict === "safe");
  return isDone ? [renewalOf(report, told)] : failed;
}

function failureOf(
  { stack: { name }, isApplied }: StackReport,
  { step, error }: NonNullable<StackReport["failure"]>,
  told: (text: string) => string,
): Outcome {
  const message = told(isApplied ? `it was applied, then: ${error.message}` : error.message);
  const wayOut = error.hint === undefined ? undefined : told(error.hint);
  return {
    ...{ kind: "failed", cause: error.code, subjectKind: step, wayOut },
    stack: { name, subject: step, message, more: 0 },
  };
}

/** By the first of its worst findings: whoever deals with it sees the others. */
function objectionOf(
  { stack: { name }, findings, checksum, approveWith }: StackReport,
  kind: "forbidden" | "needs-approval",
  told: (text: string) => string,
): Outcome[] {
  const finding = findings.find(({ verdict }) => verdict === kind);
  if (finding === undefined) return [];
  const { rule, subject, message, wayOut } = finding;
  const facts = { name, subject: told(subject), message: told(message), more: findings.length - 1 };
  return [
    {
      ...{ kind, cause: rule, subjectKind: told(subjectKind(subject)), wayOut },
      stack: { ...facts, checksum, command: approveWith },
    },
  ];
}

function renewalOf(report: StackReport, told: (text: string) => string): Outcome {
  const { stack, isApplied, approvedBy, changes, served, checksum } = report;
  const [first] = changes;
  const { name, typedAs = name } = stack;
  const seen = served.length === 0 ? "" : `, and seen in ${counted(served.length, "handshake")}`;
  const facts = { name, subject: told(first?.address ?? ""), more: Math.max(0, changes.length - 1), checksum };
  if (isApplied && approvedBy !== undefined) {
    const message = `it was applied, ${told(approvalOf(approvedBy))}${seen}`;
    return { kind: "applied", cause: "approval", subjectKind: "plan", stack: { ...facts, message } };
  }
  const renewal = { cause: "renewal", subjectKind: "certificate" };
  if (isApplied) return { kind: "applied", ...renewal, stack: { ...facts, message: `it was applied${seen}` } };
  const command = `drift-check run ${shellWord(typedAs)} --apply`;
  const wayOut = "apply it, or let the scheduled run do it: --apply";
  return { kind: "safe", ...renewal, wayOut, stack: { ...facts, message: "its renewal is due", command } };
}

function bounded(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)} …` : text;
}
