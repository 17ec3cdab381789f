import type { LintRule } from "./lint-rule";

/** A merged DELETE takes away what the client last read; one that may not read can take away its own values only. */
export const deleteWithoutRead: LintRule = {
  id: "delete-without-read",
  *check({ index }) {
    for (const entry of index.all) {
      const { merge, actions } = entry.grant;
      if (merge && actions.includes("delete") && !index.isReadable(entry))
        yield {
          level: "warning",
          path: ["grants", entry.place, "actions"],
          message: "delete is merged, and without read it takes away only what the client wrote itself within a day",
          fix: "add read",
        };
    }
  },
};
