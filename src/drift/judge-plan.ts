import { allGuards } from "./guards/all-guards";
import type { Finding, GuardContext, Verdict } from "./guards/guard";
import { knownFormat } from "./guards/known-format";
import { isEmpty, type Plan } from "./plan/plan";

export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/**
 * What may become of a plan. Where nothing would be applied nothing can be wrong with it, unless it is not understood:
 * so an empty plan is `no-op` in a freeze as well, and when something else drifted that no plan would put right.
 */
export function judgePlan(plan: Plan, context: GuardContext): Judgement {
  const findings = allGuards.flatMap(({ id: rule, verdict, wayOut, guard }) =>
    guard(plan, context).map((objection): Finding => ({ rule, verdict, ...objection, wayOut })),
  );
  const isUnderstood = findings.every(({ rule }) => rule !== knownFormat.id);
  if (isUnderstood && isEmpty(plan)) return { verdict: "no-op", findings: [] };
  const has = (verdict: Finding["verdict"]) => findings.some((finding) => finding.verdict === verdict);
  return { verdict: has("forbidden") ? "forbidden" : has("needs-approval") ? "needs-approval" : "safe", findings };
}
