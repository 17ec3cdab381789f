import type { Grant } from "../../policy/policy";
import type { LintLevel } from "../../../platform/yaml-file/lint";
import type { LintRule } from "./lint-rule";
import type { NameLanguage } from "../../../dns/name-language";
import { canBeChallenge } from "./value-languages";

/**
 * A wildcard whose first label may be `_acme-challenge` gives certificates for the name above it, which the pattern
 * itself does not match: by TXT values, or by a CNAME that hands the validation to its target (RFC 8555 8.4).
 */
export const challengeInReach: LintRule = {
  id: "challenge-in-reach",
  *check({ index }) {
    for (const { grant, place, languages } of index.all) {
      const danger = dangerOf(grant);
      if (danger === undefined) continue;
      for (const [position, language] of languages.entries()) {
        if (!hasOpenFirstLabel(language) || isApex(language, grant)) continue;
        const above = language.slice(1).join(".");
        yield {
          level: danger.level,
          path: ["grants", place, "names", position],
          message: `${danger.type} at _acme-challenge.${above} is included, and with it certificates for ${above}`,
          fix: `list the names, leave ${danger.type} out, or limit values`,
        };
      }
    }
  },
};

/** By which type a challenge could be answered. A CNAME with a limit may be meant, and is worth a look. */
function dangerOf({ kind, types, actions, values }: Grant): { type: string; level: LintLevel } | undefined {
  if (kind !== "records" || !(actions.includes("create") || actions.includes("update"))) return undefined;
  if (types.includes("TXT") && canBeChallenge(values)) return { type: "TXT", level: "warning" };
  if (types.includes("CNAME")) return { type: "CNAME", level: values === undefined ? "warning" : "note" };
  return undefined;
}

function hasOpenFirstLabel([first]: NameLanguage): boolean {
  return first === "*" || first === "**";
}

/** That is told by `apex-in-reach`. */
function isApex([first, ...rest]: NameLanguage, { zone }: Grant): boolean {
  return first === "**" && rest.join(".") === zone;
}
