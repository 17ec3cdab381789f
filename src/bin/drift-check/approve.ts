import { InvalidArgumentError, type Command } from "commander";
import type { CommandManners } from "../command-manners";
import { withCheckFlags } from "./check-flags";
import type * as RunApprove from "./run-approve";

export function addApprove(program: Command, manners: CommandManners): void {
  const command = program
    .command("approve")
    .description("apply the plan of a stack that has this checksum, and no other")
    .argument("<stack>", "name of the stack, or its folder, written with a slash")
    .requiredOption("--checksum <sha256>", "of the plan, as a report has it; all 64 digits", checksum)
    .option("--reason <text>", "why, for the ledger and the reports");
  withCheckFlags(command).action(async (stack: string, flags: RunApprove.ApproveFlags) => {
    const { runApprove } = module.require("./run-approve") as typeof RunApprove;
    await runApprove(stack, flags, manners);
  });
}

/** A part of it may be that of another plan by now. */
function checksum(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError(`"${text}" is not a whole checksum; reports tell the command with all 64 digits.`);
}
