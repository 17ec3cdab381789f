/** What a lint is made of: each rule is a file of its own here, pure, and listed in lint-policy.ts. */
import type { Client, Grant } from "../../policy/policy";
import type { YamlPath } from "../../../platform/yaml-file/located-yaml";
import type { GrantIndex } from "./grant-index";

/**
 * `error`: it can never do what it says. `warning`: it probably does something else than was meant. `note`: fine if it
 * is meant, and worth knowing.
 */
export type LintLevel = "error" | "warning" | "note";

/** What a rule looks at. */
export interface LintSubject {
  readonly clients: readonly Client[];
  readonly grants: readonly Grant[];
  /** The same grants, by client, zone and names. */
  readonly index: GrantIndex;
  readonly now: Date;
}

export interface LintFinding {
  readonly level: LintLevel;
  /** The value to blame. */
  readonly path: YamlPath;
  /** A grant that it is to be compared with, by its place. */
  readonly other?: number;
  /** What is wrong, lower case, without a final stop. */
  readonly message: string;
  /** The smallest change that mends it. */
  readonly fix: string;
}

export interface LintRule {
  /** Part of the public contract: add, never rename. */
  readonly id: string;
  check(subject: LintSubject): Iterable<LintFinding>;
}
