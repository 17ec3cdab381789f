import type { GuardRule } from "./guard";

const minuteMs = 60_000;

/** Terraform itself refuses a plan whose state has changed; what changed outside of it, it does not see. */
export const freshPlan: GuardRule = {
  id: "fresh-plan",
  verdict: "forbidden",
  forbids: "a plan older than `limits.planAgeMinutes`, or of an unknown age",
  wayOut: "run again: it plans anew",
  guard: ({ plannedAt }, { now, limits }) => {
    if (plannedAt === undefined || Number.isNaN(plannedAt.getTime()))
      return [{ subject: "the plan", value: "no time", message: "it does not tell when it was made" }];
    const minutes = (now.getTime() - plannedAt.getTime()) / minuteMs;
    if (minutes <= limits.planAgeMinutes) return [];
    const age = `${Math.floor(minutes)} minutes`;
    return [
      { subject: "the plan", value: age, message: `it is ${age} old, and ${limits.planAgeMinutes} are the limit` },
    ];
  },
};
