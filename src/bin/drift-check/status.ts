import type { Command } from "commander";
import type * as RunStatus from "./run-status";

export function addStatus(program: Command): void {
  program
    .command("status")
    .description("how every stack stands: its last outcome, what failed, what waits for an approval")
    .option("--json", "write everything as JSON, by docs/reference/schemas/drift-stacks.schema.json")
    .action(async (flags: RunStatus.StatusFlags) => {
      const { runStatus } = module.require("./run-status") as typeof RunStatus;
      await runStatus(flags);
    });
}
