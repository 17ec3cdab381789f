import type { Policy } from "../policy";
import type { RuleId } from "../rules";
import type { LintRule } from "./lint-rule";

/** A waiver of a rule that finds nothing with this policy. */
export const waiverWithoutEffect: LintRule = {
  id: "waiver-without-effect",
  *check(policy) {
    for (const { rule, path } of policy.waivers)
      if (!canDeny(rule, policy))
        yield {
          level: "warning",
          path: [...path, "rule"],
          message: `${rule} denies nothing with this policy`,
          fix: "remove the waiver",
        };
  },
};

function canDeny(rule: RuleId, policy: Policy): boolean {
  const { owners, tiers, certificates = [], attachments = [], issuers, unlisted } = policy;
  switch (rule) {
    case "policy/owner-unknown":
    case "policy/name-not-owned":
    case "policy/wildcard-not-allowed":
    case "policy/several-owners":
      return owners !== undefined;
    case "policy/tier-unknown":
      return tiers !== undefined;
    case "policy/tier-not-allowed":
      return owners?.some((owner) => owner.tiers !== undefined) === true;
    case "policy/certificate-not-listed":
      return certificates.length > 0 && unlisted.certificates === "deny";
    case "policy/issuer-not-allowed":
      return issuers !== undefined;
    case "policy/profile-not-allowed":
      return certificates.some(({ profiles }) => profiles !== undefined);
    case "policy/lifetime-too-short":
      return certificates.some(({ lifetimeDays }) => lifetimeDays?.min !== undefined);
    // public issuers are bound whatever the policy says
    case "policy/key-algorithm-not-allowed":
    case "policy/lifetime-too-long":
      return true;
    case "policy/attachment-not-listed":
      return attachments.length > 0 && unlisted.attachments === "deny";
    case "policy/account-not-allowed":
      return attachments.some(({ accounts }) => accounts !== undefined);
    case "policy/region-not-allowed":
      return attachments.some(({ regions }) => regions !== undefined);
    case "policy/kind-not-allowed":
      return attachments.some(({ kinds }) => kinds !== undefined);
    case "policy/load-balancer-not-allowed":
      return attachments.some(({ loadBalancers }) => loadBalancers !== undefined);
    case "policy/outside-window":
      return policy.windows.length > 0;
    case "policy/frozen":
      return policy.freezes.length > 0;
    case "policy/issuer-not-preferred":
    case "policy/waiver-ended":
      return false;
  }
}
