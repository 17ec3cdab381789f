import { allowedIssuers } from "./allowed-issuers";
import type { LintRule } from "./lint-rule";

/** Profiles where ACM alone may issue, itself or from a CA of AWS Private CA: it has none. */
export const profilesWithoutEffect: LintRule = {
  id: "profiles-without-effect",
  *check(policy) {
    for (const entry of policy.certificates ?? [])
      if (
        entry.profiles !== undefined &&
        allowedIssuers(policy, entry)?.every(({ directoryUrl }) => directoryUrl === undefined)
      )
        yield {
          level: "warning",
          path: [...entry.path, "profiles"],
          message: "ACM alone may issue, and its certificates have no profiles",
          fix: "remove profiles, or allow another issuer",
        };
  },
};
