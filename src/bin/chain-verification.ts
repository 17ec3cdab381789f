/** `verify` of whatever is a hash chain: the options, the text and the exit code. */
import { InvalidArgumentError, type Command } from "commander";
import type { ChainHead } from "../platform/hash-chain/chain-line";
import type { ChainReport } from "../platform/hash-chain/verify-chain";
import type { CommandManners } from "./command-manners";

interface VerifyFlags {
  readonly expect: readonly ChainHead[];
  readonly json?: boolean;
}

export interface ChainVerification {
  /** Of the arguments, as the help shows them. */
  readonly places: { readonly flags: string; readonly description: string };
  readonly verify: (places: readonly string[], expected: readonly ChainHead[]) => Promise<ChainReport>;
}

/** Adds `verify` to a command. Exit code 1: something is not as it was written. */
export function addVerification(parent: Command, manners: CommandManners, { places, verify }: ChainVerification): void {
  parent
    .command("verify")
    .description("find out whether any line was changed, removed, moved or cut off")
    .argument(places.flags, places.description)
    .option("--expect <seq:hash>", "an entry noted elsewhere that must be there; may be repeated", addExpected, [])
    .option("--json", "write the result as JSON, by docs/reference/schemas/chain.schema.json")
    .action(async (named: string[], { expect, json }: VerifyFlags) => {
      const report = await verify(named, expect);
      if (!report.ok) process.exitCode = 1;
      if (json === true) process.stdout.write(JSON.stringify(report) + "\n");
      else tell(report, manners);
    });
}

function addExpected(text: string, before: readonly ChainHead[]): ChainHead[] {
  const [, seq, hash = ""] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined) throw new InvalidArgumentError("it is a number, a colon and 64 hex digits.");
  return [...before, { seq: Number(seq), hash }];
}

function tell({ entries, from, last, torn, fault }: ChainReport, manners: CommandManners): void {
  for (const { file, line, octets } of torn)
    manners.say(`${file}:${line}: ${octets} octets of a line that a crash cut off; it was never on record`);
  if (fault !== undefined) {
    manners.say([fault.file, fault.line, ` ${fault.message}`].filter((part) => part !== undefined).join(":"));
    if (fault.reason === "open_end") manners.say("hint: give the file that follows it, too, or --expect SEQ:HASH");
    return;
  }
  if (from === undefined || last === undefined) {
    process.stdout.write("no entries yet\n");
    return;
  }
  const range = `entries ${from.seq + 1} to ${last.seq}`;
  process.stdout.write(`${range}: nothing was changed, removed or moved (${entries} in all)\n`);
  if (from.seq > 0)
    process.stdout.write(`they follow entry ${from.seq} of an earlier file, ${from.seq}:${from.hash}\n`);
  process.stdout.write(`the last one is ${last.seq}:${last.hash}\n`);
}
