import type { LintRule } from "./lint-rule";

/** An update replaces the whole set; a client that cannot read it replaces what it does not know. */
export const updateWithoutRead: LintRule = {
  id: "update-without-read",
  *check({ index }) {
    for (const entry of index.all)
      if (entry.grant.actions.includes("update") && !index.isReadable(entry))
        yield {
          level: "warning",
          path: ["grants", entry.place, "actions"],
          message: "update without read: the client changes sets that it cannot see",
          fix: "add read",
        };
  },
};
