/** Looks at a policy without mistakes for what its authors may not have meant. Start reading here. */
import type { Policy } from "../../policy/policy";
import type { LocatedYaml } from "../../../platform/yaml-file/located-yaml";
import { apexInReach } from "./apex-in-reach";
import { challengeInReach } from "./challenge-in-reach";
import { clientExpired } from "./client-expired";
import { clientFromAnywhere } from "./client-from-anywhere";
import { clientWithoutGrant } from "./client-without-grant";
import { clientWithoutToken } from "./client-without-token";
import { delegationType } from "./delegation-type";
import { deleteWithoutRead } from "./delete-without-read";
import { GrantIndex } from "./grant-index";
import { impossibleAction } from "./impossible-action";
import { impossibleType } from "./impossible-type";
import { impossibleValues } from "./impossible-values";
import { limitWithoutEffect } from "./limit-without-effect";
import type { LintLevel, LintRule } from "./lint-rule";
import { mergeDisagrees } from "./merge-disagrees";
import { shadowedGrant } from "./shadowed-grant";
import { ttlRangesApart } from "./ttl-ranges-apart";
import { updateWithoutRead } from "./update-without-read";
import { validationRemovable } from "./validation-removable";
import { valuesNotAnchored } from "./values-not-anchored";
import { wildcardRecord } from "./wildcard-record";

/** In the order of the documentation. */
export const lintRules: readonly LintRule[] = [
  shadowedGrant,
  clientWithoutToken,
  clientExpired,
  clientWithoutGrant,
  impossibleValues,
  impossibleType,
  impossibleAction,
  limitWithoutEffect,
  challengeInReach,
  apexInReach,
  delegationType,
  valuesNotAnchored,
  validationRemovable,
  wildcardRecord,
  clientFromAnywhere,
  mergeDisagrees,
  ttlRangesApart,
  deleteWithoutRead,
  updateWithoutRead,
];

/** One thing to look at, where it stands. */
export interface Lint {
  readonly rule: string;
  readonly level: LintLevel;
  /** Counted from 1, as is the column. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
  /** Where the grant stands that it is to be compared with. */
  readonly otherLine?: number;
}

/** All that the rules find, in the order of the file. Pure. */
export function lintPolicy({ clients, grants }: Policy, yaml: LocatedYaml, now: Date): Lint[] {
  const subject = { clients, grants, index: new GrantIndex(grants), now };
  const lints = lintRules.flatMap((rule) =>
    [...rule.check(subject)].map(({ level, path, message, fix, other }): Lint => {
      const { line, column } = yaml.problem(path, message);
      const otherLine = other === undefined ? undefined : yaml.problem(["grants", other], message).line;
      return { rule: rule.id, level, line, column, message, fix, ...(otherLine === undefined ? {} : { otherLine }) };
    }),
  );
  return lints.sort((left, right) => left.line - right.line || left.column - right.column);
}
