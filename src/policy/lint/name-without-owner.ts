import type { RuleId } from "../rules";
import { namesOverlap } from "./coverage";
import type { LintRule } from "./lint-rule";

/** Rules that are about names without an owner. */
const aboutOwners: readonly RuleId[] = [
  "policy/owner-unknown",
  "policy/name-not-owned",
  "policy/wildcard-not-allowed",
  "policy/several-owners",
];

/** A name in an entry or a waiver that nobody can have a certificate for, because no owner covers it. */
export const nameWithoutOwner: LintRule = {
  id: "name-without-owner",
  *check({ owners, unlisted, certificates = [], waivers }) {
    if (owners === undefined || unlisted.names === "allow") return;
    const about = waivers.filter(({ rule }) => !aboutOwners.includes(rule));
    for (const { names = [], path } of [...certificates, ...about])
      for (const [index, name] of names.entries())
        if (!owners.some((owner) => namesOverlap(owner.names, [name])))
          yield {
            level: "warning",
            path: [...path, "names", index],
            message: `no owner has names like ${name.source}`,
            fix: "add it to the names of its owner, or remove it",
          };
  },
};
