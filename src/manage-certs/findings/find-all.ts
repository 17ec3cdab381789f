/** All rules over one estate, the most urgent first. Pure: the estate's own time counts. Start reading here. */
import type { EnforcedPolicy } from "../../policy/told-finding";
import type { Estate } from "../scan/estate";
import { EstateView } from "./estate-view";
import { severities, type Finding, type FindingRule } from "./finding";
import { acmRenewalFailing } from "./rules/acm-renewal-failing";
import { duplicate } from "./rules/duplicate";
import { expired } from "./rules/expired";
import { expiring } from "./rules/expiring";
import { incompleteChain } from "./rules/incomplete-chain";
import { nameNotCovered } from "./rules/name-not-covered";
import { orphan } from "./rules/orphan";
import { policyRule } from "./rules/policy";
import { quotaClose } from "./rules/quota-close";
import { shadowed } from "./rules/shadowed";
import { unreachable } from "./rules/unreachable";
import { validationGone } from "./rules/validation-gone";
import { weakKey } from "./rules/weak-key";
import { wireDiffers } from "./rules/wire-differs";
import { wireRefused } from "./rules/wire-refused";

/** In the order of docs/reference/findings.md. */
export const findingRules: readonly FindingRule[] = [
  expired,
  expiring,
  acmRenewalFailing,
  validationGone,
  shadowed,
  nameNotCovered,
  incompleteChain,
  wireDiffers,
  wireRefused,
  weakKey,
  quotaClose,
  duplicate,
  orphan,
  unreachable,
  policyRule,
];

export function findAll(estate: Estate, policy?: EnforcedPolicy): Finding[] {
  const view = new EstateView(estate, policy);
  return findingRules.flatMap((rule) => apply(rule, view)).sort(byUrgency);
}

/** The findings of one rule. */
export function apply(rule: FindingRule, view: EstateView): Finding[] {
  return rule.find(view).map(({ part, ...facts }) => ({
    id: [rule.id, facts.subject, ...(part === undefined ? [] : [part])].join("/"),
    rule: rule.id,
    ...facts,
    team: view.teamOf(facts.subject),
  }));
}

function byUrgency(one: Finding, other: Finding): number {
  return (
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    (one.due?.getTime() ?? Infinity) - (other.due?.getTime() ?? Infinity) ||
    compareText(one.id, other.id)
  );
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
