import { canBeInScope, namesOverlap } from "./coverage";
import type { LintRule } from "./lint-rule";

/** An owner whose certificates are all denied, because no entry can be for one. */
export const ownerWithoutEntry: LintRule = {
  id: "owner-without-entry",
  *check({ owners = [], certificates, unlisted }) {
    if (certificates === undefined || unlisted.certificates === "allow") return;
    for (const owner of owners)
      if (!certificates.some((entry) => canBeInScope(entry, owner) && namesOverlap(entry.names, owner.names)))
        yield {
          level: "warning",
          path: owner.path,
          message: `no entry of certificates is for ${owner.name}, so every certificate of it is denied`,
          fix: "add an entry for it, or remove the owner",
        };
  },
};
