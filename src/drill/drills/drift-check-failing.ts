import { rm } from "node:fs/promises";
import type { Drill } from "../drill";
import { DrillStack } from "./drill-stack";

export const driftCheckFailing: Drill = {
  name: "drift-check-failing",
  what: "a half-merged change breaks the plan of a stack whose certificate is due",
  alert: "DriftCheckFailing",
  objectives: { detectSeconds: 2700, recoverSeconds: 6300 },
  alarmEnds: true,
  ruleSeconds: 1800,
  waits: true,
  needs: ["terraform"],
  prepare: async (estate) => {
    const stack = await DrillStack.apply(estate);
    await stack.check();
    return {
      inject: async () => {
        await stack.makeDue();
        await stack.write("merged.tf", 'output "zone" { value = aws_route53_zone.main.zone_id }\n');
        return "main has an output of a resource that is not there";
      },
      work: () => stack.check(),
      recover: async () => {
        await rm(estate.file("web/merged.tf"));
        await stack.check();
        return "the change is taken back, and drift-check run --apply again";
      },
    };
  },
};
