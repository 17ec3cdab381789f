import type { IndexedGrant } from "./grant-index";
import type { LintRule } from "./lint-rule";
import { overlaps, sample, witness } from "../../../dns/name-language";

/** The record that says where a zone begins, its keys, and how its gaps are signed (RFC 1035 3.3.13, 4034 2, 5155 4). */
const onlyAtApex = new Set(["SOA", "DNSKEY", "NSEC3PARAM", "ZONEMD"]);

/** A CNAME stands alone, beside no SOA (RFC 1034 3.6.2); a DS is kept by the parent zone (RFC 4035 2.4). */
const neverAtApex = new Set(["CNAME", "DS"]);

/** Types that cannot exist at any name of the grant. */
export const impossibleType: LintRule = {
  id: "impossible-type",
  *check({ index }) {
    for (const entry of index.all) {
      const { types, kind } = entry.grant;
      const path = ["grants", entry.place, kind === "records" ? "types" : "names"];
      const impossible = types.filter((type) => !canExist(entry, type));
      if (impossible.length === 0) continue;
      const isAll = impossible.length === types.length;
      yield {
        level: isAll ? "error" : "warning",
        path,
        message: `there can be no ${impossible.join(", ")} at ${isAll ? "these names, so it matches nothing" : "any of these names"}`,
        fix: kind === "records" ? `leave ${impossible.join(", ")} out, or correct the names` : "correct the names",
      };
    }
  },
};

function canExist({ grant, languages }: IndexedGrant, type: string): boolean {
  const apex = grant.zone.split(".");
  return languages.some((language) => {
    if (sample(language) === undefined) return false;
    if (onlyAtApex.has(type)) return overlaps(language, apex);
    return !neverAtApex.has(type) || witness(apex, language) !== undefined;
  });
}
