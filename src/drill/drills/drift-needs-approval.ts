import { readFile } from "node:fs/promises";
import type { Drill } from "../drill";
import { DrillStack, stackName } from "./drill-stack";

export const driftNeedsApproval: Drill = {
  name: "drift-needs-approval",
  what: "a change is merged and not applied, and a renewal waits in the same plan",
  alert: "DriftNeedsApproval",
  objectives: { detectSeconds: 900, recoverSeconds: 3600 },
  alarmEnds: true,
  needs: ["terraform"],
  prepare: async (estate) => {
    const stack = await DrillStack.apply(estate);
    await stack.check();
    return {
      inject: async () => {
        await stack.makeDue();
        await stack.write("note.tf", 'resource "terraform_data" "note" { input = "merged" }\n');
        return "main has a new resource that nobody has applied";
      },
      work: () => stack.check("--json", "run.json"),
      recover: async () => {
        const run = JSON.parse(await readFile(estate.file("run.json"), "utf8")) as {
          readonly stacks: readonly { readonly checksum: string }[];
        };
        const checksum = run.stacks[0]?.checksum ?? "";
        const why = "merged by the web team, asked them";
        await estate.must("drift-check", "approve", `./${stackName}`, "--checksum", checksum, "--reason", why);
        await stack.check();
        return "drift-check approve with the plan's checksum, and the next run";
      },
    };
  },
};
