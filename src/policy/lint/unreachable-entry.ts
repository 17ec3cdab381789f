import type { CertificateEntry, Policy } from "../policy";
import { canBeInScope, namesOverlap } from "./coverage";
import type { LintRule } from "./lint-rule";

/** An entry that no certificate can fall under, by what the policy says of owners, their names and their tiers. */
export const unreachableEntry: LintRule = {
  id: "unreachable-entry",
  *check(policy) {
    const { certificates = [], attachments = [], windows, freezes } = policy;
    for (const entry of [...certificates, ...attachments, ...windows, ...freezes]) {
      const why = whyNobody(entry, policy);
      if (why !== undefined)
        yield { level: "error", path: entry.path, message: why, fix: "correct owners, tiers or names, or remove it" };
    }
  },
};

function whyNobody(
  entry: Pick<CertificateEntry, "owners" | "tiers" | "names">,
  { owners, unlisted }: Policy,
): string | undefined {
  const mayHaveNoOwner = owners === undefined || (unlisted.names === "allow" && entry.owners === undefined);
  if (mayHaveNoOwner) return undefined;
  const reached = owners.filter((owner) => canBeInScope(entry, owner));
  if (reached.length === 0) return "none of its tiers is open to any of its owners";
  if (entry.owners === undefined || reached.some((owner) => namesOverlap(entry.names, owner.names))) return undefined;
  return "none of its names can belong to its owners";
}
