/** What a lint of a policy is made of: each rule is pure and listed in lint-policy.ts. */
import type { LintFinding } from "../../platform/yaml-file/lint";
import type { Policy } from "../policy";

export interface LintRule {
  /** Part of the public contract: add, never rename. */
  readonly id: string;
  check(policy: Policy, now: Date): Iterable<LintFinding>;
}
