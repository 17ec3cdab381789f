import type { LintRule } from "./lint-rule";

/** ACM looks for its CNAME at every renewal (ACM user guide, DNS validation): without it the certificate runs out. */
export const validationRemovable: LintRule = {
  id: "validation-removable",
  *check({ grants }) {
    for (const [place, { kind, actions }] of grants.entries()) {
      const breaking = actions.filter((action) => action === "update" || action === "delete");
      if (kind === "acm-validation" && breaking.length > 0)
        yield {
          level: "warning",
          path: ["grants", place, "actions"],
          message: `with ${breaking.join(" and ")} the team can end the renewal of every certificate of these names`,
          fix: "leave actions out: create also repeats what is there",
        };
    }
  },
};
