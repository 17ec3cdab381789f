import { renewedType } from "../plan/certificate-types";
import type { GuardRule } from "./guard";
import { isRenewal } from "./renewal";

/** Much at once is seldom what it looks like: a clock that is wrong, a CA's incident, a policy with a slip. */
export const withinCap: GuardRule = {
  id: "within-cap",
  verdict: "needs-approval",
  forbids:
    "more renewals at once than `limits.renewals`, or than `limits.share` of a stack with more than `limits.shareAbove` certificates",
  wayOut: "see why so many are due at once; then approve the plan, or raise `limits`",
  guard: ({ resources, held }, { limits }) => {
    const renewals = resources.filter(isRenewal).length;
    const all = held.filter(({ type }) => type === renewedType).length;
    if (renewals > limits.renewals)
      return [
        {
          subject: "the plan",
          value: String(renewals),
          message: `${renewals} certificates would be renewed at once, and ${limits.renewals} are the limit`,
        },
      ];
    if (all <= limits.shareAbove || renewals <= limits.share * all) return [];
    return [
      {
        subject: "the plan",
        value: `${renewals} of ${all}`,
        message: `${renewals} of ${all} certificates would be renewed at once, and a share of ${limits.share} is the limit`,
      },
    ];
  },
};
