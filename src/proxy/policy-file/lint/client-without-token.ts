import type { LintRule } from "./lint-rule";

/** Nobody can be this client: it has neither a token nor a rule for OIDC tokens. */
export const clientWithoutToken: LintRule = {
  id: "client-without-token",
  *check({ clients }) {
    for (const [place, { name, tokens, oidc }] of clients.entries())
      if (tokens.length === 0 && oidc.length === 0)
        yield {
          level: "note",
          path: ["clients", place],
          message: `nobody can be ${name} yet: it has no token`,
          fix: `run "akamai-dns-proxy credentials issue ${name}", or give it an oidc rule`,
        };
  },
};
