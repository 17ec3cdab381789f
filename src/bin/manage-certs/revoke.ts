import { InvalidArgumentError, Option, type Command } from "commander";
import {
  isRevocationReason,
  revocationReasons,
  whyNotForSubscribers,
  type RevocationReason,
} from "../../acme/revocation-reason";
import type { CommandManners } from "../command-manners";
import { withEstateFlags, withPolicyFlag } from "./estate-flags";
import { withReportFlags } from "./report-flags";
import type * as RunRevoke from "./run-revoke";

export function addRevoke(program: Command, manners: CommandManners): void {
  const command = program
    .command("revoke")
    .description(
      "revoke certificates, for good, once others are proved in their places; without --apply it changes nothing",
    )
    .argument("<arn...>", "ARNs in ACM or IAM");
  withReportFlags(withPolicyFlag(withEstateFlags(command)), "revoke")
    .addOption(new Option("--reason <reason>", "the true one; see below").argParser(reason).makeOptionMandatory())
    .option("--apply", "do it")
    .addOption(
      new Option(
        "--replace",
        "order new certificates with new keys, put them in place and prove them, then revoke",
      ).conflicts("now"),
    )
    .option("--now", "revoke at once, although listeners go on serving it")
    .option("--issuer <name>", "an issuer of the configuration to order from, in place of the one that issued it")
    .option("--serial <hex>", "only if this is its serial; repeatable", serial)
    .option("--leaf <file>", "PEM file of what was under the one ARN, where AWS holds another one, or nothing, by now")
    .option("--unproved", "go on where no listener can be reached, so that nothing is proved")
    .addHelpText("after", `\nReasons:\n${reasonsHelp()}`)
    .action(async (arns: readonly string[], flags: RunRevoke.RevokeFlags) => {
      if (flags.leaf !== undefined && arns.length > 1)
        command.error("error: --leaf is of one ARN: name that one alone");
      // Not an import at the top: help and mistakes must not wait for AWS's SDK, TLS and ACME.
      const { runRevoke } = module.require("./run-revoke") as typeof RunRevoke;
      await runRevoke(arns, flags, manners);
    });
}

function reasonsHelp(): string {
  return Object.entries(revocationReasons)
    .map(([name, { when }]) => `  ${name.padEnd(22)} ${when}\n`)
    .join("");
}

function reason(text: string): RevocationReason {
  if (isRevocationReason(text)) return text;
  const why = whyNotForSubscribers(text);
  const names = Object.keys(revocationReasons).join(", ");
  throw new InvalidArgumentError(
    why === undefined ? `"${text}" is no reason; there are ${names}.` : `${text} is not yours to give: ${why}.`,
  );
}

function serial(text: string, others: readonly string[] = []): readonly string[] {
  if (/^([0-9a-f]{2}:?)+$/i.test(text)) return [...others, text];
  throw new InvalidArgumentError(`"${text}" is no serial in hex.`);
}
