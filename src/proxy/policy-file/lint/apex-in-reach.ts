import type { LintRule } from "./lint-rule";

/** `**` right below the zone's own name, with types that prove control of names: in effect the whole zone. */
export const apexInReach: LintRule = {
  id: "apex-in-reach",
  *check({ index }) {
    for (const { grant, place, languages } of index.all) {
      const types = grant.types.filter((type) => type === "TXT" || type === "CNAME");
      if (types.length === 0 || !(grant.actions.includes("create") || grant.actions.includes("update"))) continue;
      for (const [position, language] of languages.entries())
        if (language[0] === "**" && language.slice(1).join(".") === grant.zone)
          yield {
            level: "warning",
            path: ["grants", place, "names", position],
            message: `${types.join(" and ")} at every name of ${grant.zone}: certificates for all of it can be got with that`,
            fix: "put the label of the team between ** and the zone",
          };
    }
  },
};
