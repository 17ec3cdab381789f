import type { CommandManners } from "../command-manners";
import { checkOnce, type CheckFlags } from "./check-once";

export interface RunFlags extends CheckFlags {
  readonly apply?: true;
}

export async function runRun(wanted: readonly string[], flags: RunFlags, manners: CommandManners): Promise<void> {
  await checkOnce({ wanted, apply: flags.apply ?? false }, flags, manners);
}
