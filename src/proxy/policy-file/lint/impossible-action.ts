import type { Action, Grant } from "../../policy/policy";
import type { LintRule } from "./lint-rule";

/** Actions that no request for these record sets can come to: a zone has one SOA from its birth on (RFC 1035 5.2). */
export const impossibleAction: LintRule = {
  id: "impossible-action",
  *check({ grants }) {
    for (const [place, grant] of grants.entries()) {
      const impossible = grant.actions.filter((action) => isImpossible(grant, action));
      if (impossible.length > 0)
        yield {
          level: "warning",
          path: ["grants", place, "actions"],
          message: `an SOA is always there, so ${impossible.join(" and ")} can never happen`,
          fix: `leave ${impossible.join(" and ")} out`,
        };
    }
  },
};

function isImpossible({ types }: Grant, action: Action): boolean {
  return (action === "create" || action === "delete") && types.every((type) => type === "SOA");
}
