import { judgeByPolicy } from "../policy/asked-of-plan";
import type { GuardRule } from "./guard";

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
