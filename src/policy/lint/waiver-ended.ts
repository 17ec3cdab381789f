import type { LintRule } from "./lint-rule";

/** What it was for is denied again, unless it has been mended. */
export const waiverEnded: LintRule = {
  id: "waiver-ended",
  *check({ waivers }, now) {
    for (const { rule, owner, until, path } of waivers)
      if (until <= now)
        yield {
          level: "error",
          path: [...path, "until"],
          message: `the waiver of ${rule} by ${owner} ended on ${until.toISOString().slice(0, 10)}`,
          fix: "remove it once nothing needs it, or agree on a later end",
        };
  },
};
