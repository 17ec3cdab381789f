import { judgeByPolicy } from "../policy/asked-of-plan";
import type { PolicyDenial } from "../terraform/policy-denials";
import type { Finding, GuardRule } from "./guard";

export const withinPolicy: GuardRule = {
  id: "within-policy",
  verdict: "forbidden",
  forbids: "certificates, attachments and times of changes that the organisation's `policy` does not allow",
  wayOut: "make the change that the message ends with; what cannot follow yet needs a waiver in the policy",
  guard: (plan, { now, policy }) =>
    policy === undefined
      ? []
      : judgeByPolicy(plan, policy, now).flatMap(({ address, findings }) =>
          findings
            .filter(({ effect }) => effect === "deny")
            .map(({ value, text }) => ({ subject: address, value, message: text })),
        ),
};

/** Where the provider holds plans to a policy, there is no plan to judge: the finding that it would have been. */
export function deniedByProvider({ address, what, text }: PolicyDenial): Finding {
  const { id, verdict, wayOut } = withinPolicy;
  return { rule: id, verdict, subject: address, value: what, message: text, wayOut };
}
