import type { Command } from "commander";
import type { CommandManners } from "../command-manners";
import type * as RunRun from "./run-run";

export function addRun(program: Command, manners: CommandManners): void {
  program
    .command("run")
    .description("plan stacks again and say what each plan would come to; with --apply, apply those that are safe")
    .argument("[stack...]", "names of stacks, or folders, written with a slash (default: all that are known)")
    .option("--apply", "apply plans that hold nothing but renewals")
    .option("--config <file>", "the configuration (default: drift-check.yaml, if there is one)")
    .option("--json <file>", "write everything as JSON there, by docs/reference/schemas/drift-run.schema.json")
    .option("--junit <file>", "write JUnit XML there")
    .option("--summary <file>", "append a summary in Markdown there, such as $GITHUB_STEP_SUMMARY")
    .option("--metrics <file>", "write metrics for Prometheus there")
    .option("--terraform-bin <program>", "terraform, or what takes its words, such as tofu")
    .action(async (stacks: readonly string[], flags: RunRun.RunFlags) => {
      // Not an import at the top: help and mistakes must not wait for it.
      const { runRun } = module.require("./run-run") as typeof RunRun;
      await runRun(stacks, flags, manners);
    });
}
