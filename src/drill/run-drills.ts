import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../platform/errors";
import { mapLimited } from "../platform/map-limited";
import type { Drill } from "./drill";
import type { DrillReport } from "./measure-drill";
import { runDrill, type DrillParts } from "./run-drill";

export interface DrillsParts extends Omit<DrillParts, "say"> {
  /** How many run side by side; each has a sandbox and a Prometheus of its own. */
  readonly atOnce: number;
  readonly say: (drill: Drill, line: string) => void;
}

/** Runs drills, a report for each in their order; one that cannot be run stops no other. */
export async function runDrills(drills: readonly Drill[], parts: DrillsParts): Promise<DrillReport[]> {
  const waitingFirst = [...drills].sort((one, other) => Number(other.waits ?? false) - Number(one.waits ?? false));
  const reports = await mapLimited(waitingFirst, parts.atOnce, async (drill) => {
    const folder = join(parts.folder, drill.name);
    await mkdir(folder, { recursive: true });
    const { name, failureMode, what, alert, objectives, ruleSeconds } = drill;
    try {
      return await runDrill(drill, { ...parts, folder, say: (line) => parts.say(drill, line) });
    } catch (error) {
      return { name, failureMode, what, alert, objectives, ruleSeconds, failures: [messageOf(error)] };
    }
  });
  return drills.flatMap((drill) => reports[waitingFirst.indexOf(drill)] ?? []);
}
