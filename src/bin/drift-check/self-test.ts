import type { Command } from "commander";
import type { CommandManners } from "../command-manners";
import type * as RunSelfTest from "./run-self-test";

export function addSelfTest(program: Command, manners: CommandManners): void {
  program
    .command("self-test")
    .description(
      "prove that a drift and a due certificate would be seen: in copies of the states of stacks, or without a name on a stack of its own in a sandbox",
    )
    .argument("[stack...]", "names of stacks, or folders, written with a slash (default: a bundled stack)")
    .option("--config <file>", "the configuration (default: drift-check.yaml, if there is one)")
    .option("--terraform-bin <program>", "terraform, or what takes its words, such as tofu")
    .action(async (stacks: readonly string[], flags: RunSelfTest.SelfTestFlags) => {
      // Not an import at the top: help and mistakes must not wait for it.
      const { runSelfTest } = module.require("./run-self-test") as typeof RunSelfTest;
      await runSelfTest(stacks, flags, manners);
    });
}
