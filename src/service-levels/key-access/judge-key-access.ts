import { keysOf, principalsOf, type CloudTrailEvent } from "./cloud-trail-event";

/** Who uses keys and secrets, where and when. Patterns have `*` for any characters. What is not said is not asked for. */
export interface KeyAccessRules {
  /** ARNs of users, roles and sessions, names of services. */
  readonly principals?: readonly string[];
  /** ARNs of keys and secrets; accesses to others do not count. */
  readonly keys?: readonly string[];
  readonly regions?: readonly string[];
  /** UTC, `HH:MM`; `to` is excluded. Where it is not later than `from`, it is on the next day. */
  readonly hours?: { readonly from: string; readonly to: string };
}

/** What is wrong with an access, in the order in which it is looked for. */
export const anomalyKinds = ["denied", "principal", "region", "hours"] as const;
export type AnomalyKind = (typeof anomalyKinds)[number];

/** Whether it counts: where keys are named, accesses to others do not. One that does not tell which key it is for counts. */
export function isWatched(event: CloudTrailEvent, { keys }: KeyAccessRules): boolean {
  const named = keysOf(event);
  return keys === undefined || named.length === 0 || named.some((key) => fits(keys, key));
}

/** The first that is wrong with an access. */
export function judgeKeyAccess(event: CloudTrailEvent, rules: KeyAccessRules): AnomalyKind | undefined {
  const { principals, regions } = rules;
  if (/AccessDenied|Unauthorized/.test(event.errorCode ?? "")) return "denied";
  if (principals !== undefined && !principalsOf(event).some((name) => fits(principals, name))) return "principal";
  if (regions !== undefined && !regions.includes(event.awsRegion ?? "")) return "region";
  return isInHours(event.eventTime, rules) ? undefined : "hours";
}

function isInHours(time: string, { hours }: KeyAccessRules): boolean {
  if (hours === undefined) return true;
  const { from, to } = hours;
  const at = new Date(time).toISOString().slice(11, 16);
  return from < to ? at >= from && at < to : at >= from || at < to;
}

function fits(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${escaped}$`, "s").test(text);
  });
}
