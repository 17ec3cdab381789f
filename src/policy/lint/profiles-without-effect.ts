import { acmName } from "../policy";
import { allowedIssuers } from "./allowed-issuers";
import type { LintRule } from "./lint-rule";

/** Profiles where ACM alone may issue, which has none. */
export const profilesWithoutEffect: LintRule = {
  id: "profiles-without-effect",
  *check(policy) {
    for (const entry of policy.certificates ?? [])
      if (entry.profiles !== undefined && allowedIssuers(policy, entry)?.every(({ name }) => name === acmName) === true)
        yield {
          level: "warning",
          path: [...entry.path, "profiles"],
          message: "acm is the only issuer, and its certificates have no profiles",
          fix: "remove profiles, or allow another issuer",
        };
  },
};
