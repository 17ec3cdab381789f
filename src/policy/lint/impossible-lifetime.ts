import { knownLifetime, longestPublicLifetime } from "../known-issuer";
import type { CertificateEntry, Issuer } from "../policy";
import { daysText } from "../words";
import { allowedIssuers, waysToAsk } from "./allowed-issuers";
import type { LintRule } from "./lint-rule";

/** Bounds of the lifetime that no certificate of the entry's issuers and profiles keeps. */
export const impossibleLifetime: LintRule = {
  id: "impossible-lifetime",
  *check(policy, now) {
    for (const entry of policy.certificates ?? []) {
      const issuers = allowedIssuers(policy, entry);
      if (entry.lifetimeDays === undefined || issuers === undefined) continue;
      if (issuers.some((issuer) => canKeep(issuer, entry, now))) continue;
      const { min, max } = entry.lifetimeDays;
      const bounds = [
        min === undefined ? [] : `at least ${daysText(min)}`,
        max === undefined ? [] : `at most ${daysText(max)}`,
      ];
      yield {
        level: "error",
        path: [...entry.path, "lifetimeDays"],
        message: `none of its issuers and profiles gives certificates of ${bounds.flat().join(" and ")} now`,
        fix: "widen lifetimeDays, or allow another profile or issuer",
      };
    }
  },
};

/** What is not known may be. */
function canKeep(issuer: Issuer, entry: CertificateEntry, now: Date): boolean {
  const { min = 0, max = Infinity } = entry.lifetimeDays ?? {};
  return waysToAsk(issuer, entry).some((way) => {
    const days = knownLifetime(way, now);
    if (days === undefined) return !issuer.isPublic || min <= longestPublicLifetime(now);
    return min <= days && days <= max;
  });
}
