/** Looks at a policy without mistakes for what its authors may not have meant. Start reading here. */
import { inFileOrder, locateLint, type Lint } from "../../platform/yaml-file/lint";
import type { LocatedYaml } from "../../platform/yaml-file/located-yaml";
import type { Policy } from "../policy";
import { freezeEnded } from "./freeze-ended";
import { impossibleKey } from "./impossible-key";
import { impossibleLifetime } from "./impossible-lifetime";
import type { LintRule } from "./lint-rule";
import { nameWithoutOwner } from "./name-without-owner";
import { namesOfTwoOwners } from "./names-of-two-owners";
import { ownerWithoutEntry } from "./owner-without-entry";
import { profilesWithoutEffect } from "./profiles-without-effect";
import { contradictingEntry, shadowedEntry } from "./shadowed-entry";
import { unreachableEntry } from "./unreachable-entry";
import { unknownProfile } from "./unknown-profile";
import { unused } from "./unused";
import { waiverEnded } from "./waiver-ended";
import { waiverWithoutEffect } from "./waiver-without-effect";

/** In the order of the documentation. */
export const lintRules: readonly LintRule[] = [
  contradictingEntry,
  shadowedEntry,
  unreachableEntry,
  impossibleLifetime,
  impossibleKey,
  profilesWithoutEffect,
  unknownProfile,
  nameWithoutOwner,
  namesOfTwoOwners,
  ownerWithoutEntry,
  unused,
  waiverEnded,
  waiverWithoutEffect,
  freezeEnded,
];

/** All that the rules find, in the order of the file. Pure. */
export function lintPolicy(policy: Policy, yaml: LocatedYaml, now: Date): Lint[] {
  return inFileOrder(
    lintRules.flatMap((rule) => [...rule.check(policy, now)].map((finding) => locateLint(rule.id, finding, yaml))),
  );
}
