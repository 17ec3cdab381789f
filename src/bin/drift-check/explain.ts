import type { Command } from "commander";
import type * as RunExplain from "./run-explain";

export function addExplain(program: Command): void {
  program
    .command("explain")
    .description("all that the last run found of one stack: every change, every objection, and the way out")
    .argument("<stack>", "name of the stack, or its folder")
    .option("--json", "write everything as JSON, by docs/reference/schemas/drift-stacks.schema.json")
    .action(async (stack: string, flags: RunExplain.ExplainFlags) => {
      const { runExplain } = module.require("./run-explain") as typeof RunExplain;
      await runExplain(stack, flags);
    });
}
