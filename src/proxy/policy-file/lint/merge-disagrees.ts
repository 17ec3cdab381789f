import { isSingular } from "../../policy/decide";
import type { LintRule } from "./lint-rule";

/** As soon as one grant of a client merges a record set, all its writes to that set are merged. */
export const mergeDisagrees: LintRule = {
  id: "merge-disagrees",
  *check({ index }) {
    for (const entry of index.all) {
      if (entry.grant.merge || entry.grant.actions.every((action) => action === "read")) continue;
      for (const other of index.overlapping(entry)) {
        const shared = entry.grant.types.filter((type) => !isSingular(type) && other.grant.types.includes(type));
        if (!other.grant.merge || shared.length === 0) continue;
        yield {
          level: "warning",
          path: ["grants", entry.place],
          message: `${other.grant.id} merges some of the same ${shared.join(", ")} sets, so this grant's writes are merged there, too`,
          fix: "set merge alike in both",
          other: other.place,
        };
        break;
      }
    }
  },
};
