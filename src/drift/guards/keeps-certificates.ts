import { certificateTypes } from "../plan/certificate-types";
import type { GuardRule } from "./guard";
import { removals } from "./removals";

export const keepsCertificates: GuardRule = {
  id: "keeps-certificates",
  verdict: "forbidden",
  forbids: "a certificate that is destroyed or forgotten, unless its successor is made first",
  wayOut: "if it is meant to go, apply the plan yourself with terraform",
  guard: (plan) => removals(plan, ({ type }) => certificateTypes.has(type)),
};
