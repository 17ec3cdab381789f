import type { GuardRule, Objection } from "./guard";
import { isRenewal, whyNotAllowed, whyOutputNotAllowed } from "./renewal";

export const onlyRenewals: GuardRule = {
  id: "only-renewals",
  verdict: "needs-approval",
  forbids: "every change but renewals of `unexpired_certificate` and what `follow` lists",
  wayOut: "look at the plan and approve it, or apply it yourself; `follow` lists what may change with a renewal",
  guard: ({ resources, outputs }, { followers }) => {
    const objections = [
      ...resources.flatMap((resource): Objection[] => {
        const reason = whyNotAllowed(resource, followers);
        return reason === undefined ? [] : [{ subject: resource.address, ...reason }];
      }),
      ...outputs.flatMap((output): Objection[] => {
        const reason = whyOutputNotAllowed(output);
        return reason === undefined ? [] : [{ subject: `output ${output.name}`, ...reason }];
      }),
    ];
    if (objections.length > 0 || resources.some(isRenewal)) return objections;
    return [
      { subject: "the plan", value: "no renewal", message: "no certificate is renewed that this could follow from" },
    ];
  },
};
