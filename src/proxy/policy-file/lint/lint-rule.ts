/** What a lint is made of: each rule is a file of its own here, pure, and listed in lint-policy.ts. */
import type { Client, Grant } from "../../policy/policy";
import type { LintFinding } from "../../../platform/yaml-file/lint";
import type { GrantIndex } from "./grant-index";

/** What a rule looks at. */
export interface LintSubject {
  readonly clients: readonly Client[];
  readonly grants: readonly Grant[];
  /** The same grants, by client, zone and names. */
  readonly index: GrantIndex;
  readonly now: Date;
}

export interface LintRule {
  /** Part of the public contract: add, never rename. */
  readonly id: string;
  check(subject: LintSubject): Iterable<LintFinding>;
}
