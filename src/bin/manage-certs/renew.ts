import { InvalidArgumentError, type Command } from "commander";
import type { CommandManners } from "../command-manners";
import { collect, withEstateFlags, withPolicyFlag } from "./estate-flags";
import { withReportFlags } from "./report-flags";
import type * as RunRenew from "./run-renew";

export function addRenew(program: Command, manners: CommandManners): void {
  const command = program
    .command("renew")
    .description("renew what is due, prove it by handshakes; without --apply it says what it would do");
  withReportFlags(withPolicyFlag(withEstateFlags(command)), "renew")
    .option("--apply", "do it")
    .option("--only <name|arn|tag=value>", "these certificates; repeatable", collect)
    .option("--within <30d>", "due as well is what ends within this time: 30d, 12h", timeSpan)
    .option("--max <n>", "renew at most so many, the most urgent ones", count)
    .option("--issuer <name>", "an issuer of the configuration in place of the usual one")
    .option("--canary <listener>", "prove each new certificate on this listener before the others get it")
    .option("--unproved", "go on where no listener can be reached, so that nothing is proved")
    .action(async (flags: RunRenew.RenewFlags) => {
      // Not an import at the top: help and mistakes must not wait for AWS's SDK, TLS and ACME.
      const { runRenew } = module.require("./run-renew") as typeof RunRenew;
      await runRenew(flags, manners);
    });
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

function timeSpan(text: string): number {
  const [, amount, unit = ""] = /^(\d+)([hd])$/.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * (unitMs[unit] ?? 0);
  throw new InvalidArgumentError(`"${text}" is not a time; write 30d or 12h.`);
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`"${text}" is not a number above zero.`);
}
