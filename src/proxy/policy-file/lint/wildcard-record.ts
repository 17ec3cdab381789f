import type { LintRule } from "./lint-rule";

/** A wildcard record answers for every name below that has no record of its own (RFC 4592). */
export const wildcardRecord: LintRule = {
  id: "wildcard-record",
  *check({ index }) {
    for (const { grant, place, languages } of index.all) {
      if (!(grant.actions.includes("create") || grant.actions.includes("update"))) continue;
      for (const [position, [first, ...rest]] of languages.entries())
        if (first === "\\*")
          yield {
            level: "warning",
            path: ["grants", place, "names", position],
            message: `a wildcard record answers for every name below ${rest.join(".")} that has none, granted or not`,
            fix: "list the names instead",
          };
    }
  },
};
