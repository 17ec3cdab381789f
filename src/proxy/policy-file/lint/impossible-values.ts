import type { LintFinding } from "../../../platform/yaml-file/lint";
import type { LintRule } from "./lint-rule";
import { canBeValue } from "./value-languages";

/** A `values` pattern that no value of a type can match, as far as that can be decided. */
export const impossibleValues: LintRule = {
  id: "impossible-values",
  *check({ grants }) {
    for (const [place, { kind, values, types, actions }] of grants.entries()) {
      if (kind !== "records" || values === undefined || actions.every((action) => action === "read")) continue;
      const path = ["grants", place, "values"];
      const impossible = types.filter((type) => canBeValue(type, values) === false);
      if (impossible.length > 0) yield finding(path, impossible, impossible.length === types.length);
    }
  },
};

function finding(path: LintFinding["path"], types: readonly string[], isAll: boolean): LintFinding {
  const subject = `no value of type ${types.join(", ")} matches values`;
  return isAll
    ? { level: "error", path, message: `${subject}, so nothing can be written`, fix: "correct the pattern" }
    : { level: "note", path, message: subject, fix: `leave ${types.join(", ")} out, or give it a grant of its own` };
}
