import type { ToldFinding } from "../../policy/told-finding";
import type { WatchedCertificate } from "../detect/watched-certificate";
import type { Approver, StackReport } from "../run/stack-report";

type Outcome = Pick<StackReport, "verdict" | "isApplied" | "approvedBy"> & {
  readonly failure?: Pick<NonNullable<StackReport["failure"]>, "step">;
};

/** What came of a stack, in a word or two: the same in every report for people. */
export function outcomeOf({ failure, verdict, isApplied, approvedBy }: Outcome): string {
  if (failure !== undefined) return isApplied ? `applied, then failed: ${failure.step}` : `failed: ${failure.step}`;
  if (isApplied) return approvedBy === undefined ? "applied" : "applied, as approved";
  switch (verdict) {
    case "safe":
      return "safe, not applied";
    case "needs-approval":
      return "needs approval";
    case "no-op":
      return "nothing to do";
    default:
      return verdict ?? "";
  }
}

/** `2 changes`; empty for none. */
export function changesOf({ changes }: StackReport): string {
  return changes.length === 0 ? "" : `${changes.length} ${changes.length === 1 ? "change" : "changes"}`;
}

/** What still stands in the way: nothing does, once somebody has approved the plan. */
export function openFindings({ findings, approvedBy }: StackReport): StackReport["findings"] {
  return approvedBy === undefined ? findings : [];
}

export function approvalOf({ who, reason }: Approver): string {
  return `approved by ${who}${reason === undefined ? "" : `: ${reason}`}`;
}

/** The first reason there is to look at a stack, and how many more. */
export function reasonOf({ failure, findings, approvedBy }: StackReport): string {
  if (failure !== undefined) return failure.error.message;
  if (approvedBy !== undefined) return approvalOf(approvedBy);
  const [first, ...more] = findings;
  if (first === undefined) return "";
  return `${first.subject}: ${first.message}${more.length === 0 ? "" : ` (and ${more.length} more)`}`;
}

/** Of a certificate: what is wrong with it, else what could not be seen, else nothing. */
export function stateOf({ findings }: WatchedCertificate): string {
  const [first] = [...findings].sort((left, right) => levels.indexOf(left.level) - levels.indexOf(right.level));
  return first === undefined ? "" : `${first.rule}: ${first.message}`;
}

const levels = ["error", "warning", "unseen"] as const;

interface ToldPolicy {
  readonly address: string;
  readonly findings: readonly Pick<ToldFinding, "effect" | "text">[];
}

/** What the policy waives, or only tells, of a stack. */
export function policyTold({ policy = [] }: { readonly policy?: readonly ToldPolicy[] }): string[] {
  return policy.flatMap(({ address, findings }) =>
    findings.filter(({ effect }) => effect !== "deny").map(({ text }) => `${address}: ${text}`),
  );
}
