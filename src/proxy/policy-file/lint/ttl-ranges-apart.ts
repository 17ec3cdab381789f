import type { Grant } from "../../policy/policy";
import type { LintRule } from "./lint-rule";

/** Two grants for the same records whose TTLs exclude each other: a write fits one only, and which is a surprise. */
export const ttlRangesApart: LintRule = {
  id: "ttl-ranges-apart",
  *check({ index }) {
    for (const entry of index.all) {
      if (entry.grant.ttlSeconds === undefined) continue;
      const other = index.overlapOf(entry, areApart);
      if (other !== undefined && other.place < entry.place)
        yield {
          level: "warning",
          path: ["grants", entry.place, "ttlSeconds"],
          message: `no TTL fits both this grant and ${other.grant.id}, which is for some of the same records`,
          fix: "let the ranges overlap, or separate the names",
          otherPath: ["grants", other.place],
        };
    }
  },
};

function areApart(one: Grant, other: Grant): boolean {
  if (one.ttlSeconds === undefined || other.ttlSeconds === undefined) return false;
  return (
    (one.ttlSeconds.max < other.ttlSeconds.min || other.ttlSeconds.max < one.ttlSeconds.min) &&
    one.types.some((type) => other.types.includes(type)) &&
    (["create", "update"] as const).some((action) => one.actions.includes(action) && other.actions.includes(action)) &&
    (one.values === undefined || other.values === undefined || one.values.source === other.values.source)
  );
}
