import type { Command } from "commander";
import type { CommandManners } from "../command-manners";
import { withCheckFlags } from "./check-flags";
import type * as RunRun from "./run-run";

export function addRun(program: Command, manners: CommandManners): void {
  const command = program
    .command("run")
    .description("plan stacks again and say what each plan would come to; with --apply, apply those that are safe")
    .argument("[stack...]", "names of stacks, or folders, written with a slash (default: all that are known)")
    .option("--apply", "apply plans that hold nothing but renewals");
  withCheckFlags(command).action(async (stacks: readonly string[], flags: RunRun.RunFlags) => {
    // Not an import at the top: help and mistakes must not wait for it.
    const { runRun } = module.require("./run-run") as typeof RunRun;
    await runRun(stacks, flags, manners);
  });
}
