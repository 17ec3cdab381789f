import type { LintRule } from "./lint-rule";

/** Limits for writes on a grant that allows no write they are about. */
export const limitWithoutEffect: LintRule = {
  id: "limit-without-effect",
  *check({ grants }) {
    for (const [place, { kind, actions, values, ttlSeconds }] of grants.entries()) {
      const idle = (key: string, counted: string) => ({
        level: "note" as const,
        path: ["grants", place, key],
        message: `${key} limits ${counted}, which this grant does not allow`,
        fix: `leave ${key} out`,
      });
      if (kind === "records" && values !== undefined && actions.every((action) => action === "read"))
        yield idle("values", "writes");
      if (ttlSeconds !== undefined && !actions.includes("create") && !actions.includes("update"))
        yield idle("ttlSeconds", "create and update");
    }
  },
};
