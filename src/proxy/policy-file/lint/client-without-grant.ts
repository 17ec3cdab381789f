import type { LintRule } from "./lint-rule";

/** A client that may do nothing is often what is left of a team. */
export const clientWithoutGrant: LintRule = {
  id: "client-without-grant",
  *check({ clients, grants }) {
    const granted = new Set(grants.map(({ client }) => client));
    for (const [place, { name }] of clients.entries())
      if (!granted.has(name))
        yield {
          level: "note",
          path: ["clients", place],
          message: `nothing is granted to ${name}`,
          fix: "add a grant, or remove the client",
        };
  },
};
