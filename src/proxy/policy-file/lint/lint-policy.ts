/** Looks at a policy without mistakes for what its authors may not have meant. Start reading here. */
import type { Policy } from "../../policy/policy";
import { inFileOrder, locateLint, type Lint } from "../../../platform/yaml-file/lint";
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
import type { LintRule } from "./lint-rule";
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

/** All that the rules find, in the order of the file. Pure. */
export function lintPolicy({ clients, grants }: Policy, yaml: LocatedYaml, now: Date): Lint[] {
  const subject = { clients, grants, index: new GrantIndex(grants), now };
  return inFileOrder(
    lintRules.flatMap((rule) => [...rule.check(subject)].map((finding) => locateLint(rule.id, finding, yaml))),
  );
}
