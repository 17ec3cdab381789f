import type { LintRule } from "./lint-rule";

/** Issuers that no entry allows, and tiers that nothing mentions. */
export const unused: LintRule = {
  id: "unused",
  *check(policy) {
    const {
      issuers = [],
      tiers = [],
      owners = [],
      certificates,
      attachments = [],
      windows,
      freezes,
      unlisted,
    } = policy;
    const isAllowed = (name: string) =>
      certificates === undefined ||
      unlisted.certificates === "allow" ||
      certificates.some((entry) => entry.issuers === undefined || entry.issuers.includes(name));
    for (const { name, path } of issuers)
      if (!isAllowed(name))
        yield { level: "note", path, message: `no entry allows the issuer ${name}`, fix: "remove it, or allow it" };
    const scopes = [...owners, ...(certificates ?? []), ...attachments, ...windows, ...freezes];
    for (const [place, tier] of tiers.entries())
      if (!scopes.some((scope) => scope.tiers?.includes(tier)))
        yield {
          level: "note",
          path: ["tiers", place],
          message: `no owner has the tier ${tier}, and no entry is for it`,
          fix: "remove it, or use it",
        };
  },
};
