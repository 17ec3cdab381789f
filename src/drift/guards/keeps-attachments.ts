import { servingTypes } from "../plan/certificate-types";
import type { GuardRule } from "./guard";
import { removals } from "./removals";

export const keepsAttachments: GuardRule = {
  id: "keeps-attachments",
  verdict: "forbidden",
  forbids:
    "a listener, distribution, domain name or attachment that is destroyed or forgotten, unless its successor is made first",
  wayOut: "if it is meant to go, apply the plan yourself with terraform",
  guard: (plan) => removals(plan, ({ type }) => servingTypes.has(type)),
};
