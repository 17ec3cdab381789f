import type { LintRule } from "./lint-rule";

/** A leaked credential of such a client is good for everybody, for ever. */
export const clientFromAnywhere: LintRule = {
  id: "client-from-anywhere",
  *check({ clients }) {
    for (const [place, { name, cidrs, expires, tokens }] of clients.entries())
      if (cidrs === undefined && expires === undefined && tokens.length > 0)
        yield {
          level: "note",
          path: ["clients", place],
          message: `the tokens of ${name} are good from everywhere and for ever`,
          fix: "set cidrs, expires, or both",
        };
  },
};
