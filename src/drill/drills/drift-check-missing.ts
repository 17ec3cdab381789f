import type { Drill } from "../drill";
import { DrillStack } from "./drill-stack";

/** Its rule waits for more than a day, where others wait for minutes. */
export const driftCheckMissing: Drill = {
  name: "drift-check-missing",
  what: "the schedule of drift-check stops, and a certificate comes due",
  alert: "DriftCheckMissing",
  objectives: { detectSeconds: 27 * 3600, recoverSeconds: 28 * 3600 },
  alarmEnds: true,
  ruleSeconds: 26 * 3600,
  moreTimeScale: 60,
  waits: true,
  needs: ["terraform"],
  prepare: async (estate) => {
    const stack = await DrillStack.apply(estate);
    return {
      inject: async () => {
        await stack.check();
        await stack.makeDue();
        return "the schedule has run for the last time";
      },
      recover: async () => {
        await stack.check();
        return "the schedule runs drift-check run --apply again";
      },
    };
  },
};
