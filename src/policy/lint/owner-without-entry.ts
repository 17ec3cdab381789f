import { canBeInScope, namesOverlap } from "./coverage";
import type { LintRule } from "./lint-rule";

/** An owner whose certificates, or whose attachments, are all denied, because no entry can be for one. */
export const ownerWithoutEntry: LintRule = {
  id: "owner-without-entry",
  *check({ owners = [], certificates, attachments, unlisted }) {
    for (const owner of owners) {
      const told = (section: string, what: string) => ({
        level: "warning" as const,
        path: owner.path,
        message: `no entry of ${section} is for ${owner.name}, so every ${what} of it is denied`,
        fix: "add an entry for it, or remove the owner",
      });
      if (certificates !== undefined && unlisted.certificates === "deny")
        if (!certificates.some((entry) => canBeInScope(entry, owner) && namesOverlap(entry.names, owner.names)))
          yield told("certificates", "certificate");
      if (attachments !== undefined && unlisted.attachments === "deny")
        if (!attachments.some((entry) => canBeInScope(entry, owner))) yield told("attachments", "attachment");
    }
  },
};
