import { isAnchored } from "./matched-texts";
import type { LintRule } from "./lint-rule";

/** A pattern that matches in the middle of a value lets through more than it shows. */
export const valuesNotAnchored: LintRule = {
  id: "values-not-anchored",
  *check({ grants }) {
    for (const [place, { kind, values, actions }] of grants.entries()) {
      if (kind !== "records" || values === undefined || actions.every((action) => action === "read")) continue;
      const open = [
        ...(isAnchored(values.source, "start") === false ? ["before"] : []),
        ...(isAnchored(values.source, "end") === false ? ["after"] : []),
      ];
      if (open.length > 0)
        yield {
          level: open.length === 2 ? "warning" : "note",
          path: ["grants", place, "values"],
          message: `values lets anything stand ${open.join(" and ")} what it matches`,
          fix: open.length === 2 ? "write ^(?:…)$" : open[0] === "after" ? "end it with $" : "begin it with ^",
        };
    }
  },
};
