import type { LintRule } from "./lint-rule";

export const freezeEnded: LintRule = {
  id: "freeze-ended",
  *check({ freezes }, now) {
    for (const { name, to, path } of freezes)
      if (to <= now)
        yield {
          level: "note",
          path: [...path, "to"],
          message: `the freeze "${name}" ended on ${to.toISOString().slice(0, 10)}`,
          fix: "remove it",
        };
  },
};
