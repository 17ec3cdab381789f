import type { GuardRule } from "./guard";

export const outsideFreeze: GuardRule = {
  id: "outside-freeze",
  verdict: "needs-approval",
  forbids: "any change within one of the `freezes`",
  wayOut: "wait for its end, or approve the plan if a certificate cannot wait",
  guard: (_, { now, freezes }) =>
    freezes
      .filter(({ from, until }) => from <= now && now < until)
      .map(({ until, reason }) => ({
        subject: "the time",
        value: until.toISOString(),
        message: `changes are frozen until ${until.toISOString()}${reason === undefined ? "" : `: ${reason}`}`,
      })),
};
