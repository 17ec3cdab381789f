import { isLetsEncrypt, knownProfiles } from "../../certificates/lets-encrypt";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import { allowedIssuers } from "./allowed-issuers";
import type { LintRule } from "./lint-rule";

/** A profile that no issuer of the entry has, as far as their profiles are known: Let's Encrypt's are, and ACM has none. */
export const unknownProfile: LintRule = {
  id: "unknown-profile",
  *check(policy) {
    for (const entry of policy.certificates ?? []) {
      const directories = allowedIssuers(policy, entry)?.flatMap(({ directoryUrl }) => directoryUrl ?? []) ?? [];
      if (directories.length === 0 || !directories.every(isLetsEncrypt)) continue;
      for (const [index, profile] of (entry.profiles ?? []).entries())
        if (!knownProfiles.includes(profile))
          yield {
            level: entry.profiles?.length === 1 ? "error" : "warning",
            path: [...entry.path, "profiles", index],
            message: `Let's Encrypt has no profile ${profile}`,
            fix: didYouMean(profile, knownProfiles) ?? `write one of ${knownProfiles.join(", ")}`,
          };
    }
  },
};
