import type { YamlPath } from "../platform/yaml-file/located-yaml";
import type { Policy, Waiver } from "./policy";
import { ruleCalled, type RuleId } from "./rules";

/** What a rule has to say about a request. */
export interface Finding {
  readonly rule: RuleId;
  /** `waive`: it would be denied, and a waiver lets it through. */
  readonly effect: "deny" | "warn" | "waive";
  /** The value that is to blame. */
  readonly value: string;
  /** What is wrong with it, lower case, without a final stop. */
  readonly what: string;
  /** Where the rule stands in the policy, and where its default comes from. */
  readonly source: string;
  /** The smallest change that makes it right. */
  readonly fix: string;
  /** Of `waive`. */
  readonly waiver?: Waiver;
}

/** What a rule found, before its effect is known. */
export interface Found {
  readonly rule: RuleId;
  readonly value: string;
  readonly what: string;
  readonly fix: string;
  /** Where in the policy that stands; undefined where a standard alone says so. */
  readonly path?: YamlPath;
  /** Whether the rule's own source is to be cited, because its default decided. @default false */
  readonly isDefault?: boolean;
  /** Whether it is told only, although the rule denies. @default false */
  readonly isOnlyTold?: boolean;
}

export function findingOf(policy: Policy, found: Found): Finding {
  const { rule, value, what, fix, path, isDefault = false, isOnlyTold = false } = found;
  const { effect, source } = ruleCalled(rule);
  const sources = [...(path === undefined ? [] : [policy.placeOf(path)]), ...(isDefault && source ? [source] : [])];
  return {
    ...{ rule, value, what, fix },
    effect: effect === "warns" || isOnlyTold ? "warn" : "deny",
    source: sources.join("; "),
  };
}

/** The one text of a finding, wherever it is told. */
export function findingText(finding: Finding, placeOf: Policy["placeOf"]): string {
  const { rule, what, source, fix, waiver } = finding;
  const text = `${what} (${rule}, ${source}); ${fix}`;
  return waiver === undefined ? text : `${text}; ${waiverText(waiver, placeOf)}`;
}

/** `waived until 2027-03-31 by payments: the card terminals of 2016 (policy.yaml:40)` */
export function waiverText({ until, owner, reason, path }: Waiver, placeOf: Policy["placeOf"]): string {
  return `waived until ${until.toISOString().slice(0, 10)} by ${owner}: ${reason} (${placeOf(path)})`;
}
