import type { LintRule } from "./lint-rule";

/** Types that say who runs the zone, vouches for it, and may issue for it (RFC 1034, 4034, 7344, 8659). */
const delegationTypes = new Set(["NS", "SOA", "CAA", "DS", "DNSKEY", "CDS", "CDNSKEY"]);

/** Whoever writes these decides about names beyond its own records. */
export const delegationType: LintRule = {
  id: "delegation-type",
  *check({ grants }) {
    for (const [place, { types, actions }] of grants.entries()) {
      const delegating = types.filter((type) => delegationTypes.has(type));
      if (delegating.length > 0 && actions.some((action) => action !== "read"))
        yield {
          level: "warning",
          path: ["grants", place, "types", types.findIndex((type) => delegationTypes.has(type))],
          message: `${delegating.join(", ")} decides about delegation, signing or issuance, not about one team's records`,
          fix: `leave ${delegating.join(", ")} to the DNS team`,
        };
    }
  },
};
