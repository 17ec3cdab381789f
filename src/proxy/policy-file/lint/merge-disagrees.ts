import { isSingular } from "../../policy/decide";
import type { Grant } from "../../policy/policy";
import type { LintRule } from "./lint-rule";

/** As soon as one grant of a client merges a record set, all its writes to that set are merged. */
export const mergeDisagrees: LintRule = {
  id: "merge-disagrees",
  *check({ index }) {
    for (const entry of index.all) {
      if (entry.grant.merge || entry.grant.actions.every((action) => action === "read")) continue;
      const other = index.overlapOf(entry, isMergedBy);
      if (other === undefined) continue;
      const shared = typesShared(entry.grant, other.grant).join(", ");
      yield {
        level: "warning",
        path: ["grants", entry.place],
        message: `${other.grant.id} merges some of the same ${shared} sets, so this grant's writes are merged there, too`,
        fix: "set merge alike in both",
        otherPath: ["grants", other.place],
      };
    }
  },
};

function isMergedBy(one: Grant, other: Grant): boolean {
  return other.merge && typesShared(one, other).length > 0;
}

/** Where there can be one value only, merging is replacing. */
function typesShared(one: Grant, other: Grant): string[] {
  return one.types.filter((type) => !isSingular(type) && other.types.includes(type));
}
