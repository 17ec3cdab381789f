import { allowedIssuers } from "./allowed-issuers";
import type { LintRule } from "./lint-rule";

/** RSA keys of 1024 bits where all issuers are public (CA/B Baseline Requirements 6.1.5). */
export const impossibleKey: LintRule = {
  id: "impossible-key",
  *check(policy) {
    for (const entry of policy.certificates ?? []) {
      const place = entry.keyAlgorithms?.indexOf("RSA_1024") ?? -1;
      if (place < 0 || allowedIssuers(policy, entry)?.every(({ isPublic }) => isPublic) !== true) continue;
      yield {
        level: entry.keyAlgorithms?.length === 1 ? "error" : "warning",
        path: [...entry.path, "keyAlgorithms", place],
        message: "no public issuer takes RSA_1024 (CA/B Baseline Requirements 6.1.5)",
        fix: "remove it, or say public: false of an issuer that is not public",
      };
    }
  },
};
