import { allGuards } from "./guards/all-guards";
import type { Finding, GuardContext, GuardRule, Verdict } from "./guards/guard";
import { knownFormat } from "./guards/known-format";
import { isEmpty, type Plan } from "./plan/plan";

export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/**
 * What may become of a plan. Of one that is not understood nothing else is told. Where nothing would be applied nothing
 * can be wrong with it: an empty plan is `no-op` in a freeze as well, and when something drifted that no plan puts right.
 */
export function judgePlan(plan: Plan, context: GuardContext): Judgement {
  const strange = objectionsOf(knownFormat, plan, context);
  if (strange.length > 0) return { verdict: "forbidden", findings: strange };
  if (isEmpty(plan)) return { verdict: "no-op", findings: [] };
  const findings = allGuards.flatMap((rule) => objectionsOf(rule, plan, context));
  const has = (verdict: Finding["verdict"]) => findings.some((finding) => finding.verdict === verdict);
  return { verdict: has("forbidden") ? "forbidden" : has("needs-approval") ? "needs-approval" : "safe", findings };
}

function objectionsOf({ id: rule, verdict, wayOut, guard }: GuardRule, plan: Plan, context: GuardContext): Finding[] {
  return guard(plan, context).map((objection) => ({ rule, verdict, ...objection, wayOut }));
}
