import type { LintRule } from "./lint-rule";

/** A client whose time is over is refused, whatever its grants say. */
export const clientExpired: LintRule = {
  id: "client-expired",
  *check({ clients, now }) {
    for (const [place, { name, expires }] of clients.entries())
      if (expires !== undefined && expires <= now)
        yield {
          level: "warning",
          path: ["clients", place, "expires"],
          message: `${name} is refused since ${expires.toISOString().slice(0, 10)}, so its grants match nothing`,
          fix: "set a later date, or remove the client and its grants",
        };
  },
};
