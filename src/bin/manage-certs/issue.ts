import { Option, type Command } from "commander";
import { issuableKeyAlgorithms } from "../../certificates/key-algorithm";
import type { CommandManners } from "../command-manners";
import { requireDefault, withAttachFlags } from "./attach";
import { withEstateFlags, withPolicyFlag } from "./estate-flags";
import { withReportFlags } from "./report-flags";
import type * as RunIssue from "./run-issue";

export function addIssue(program: Command, manners: CommandManners): void {
  const command = program
    .command("issue")
    .description("order a certificate, import it, put it on listeners; without --apply it says what it would do")
    .argument("<names...>", "the DNS names that it is to hold");
  withReportFlags(withAttachFlags(withPolicyFlag(withEstateFlags(command))), "issue")
    .option("--attach <listeners...>", "listeners, distributions or domain names that get it, in this order")
    .option("--issuer <name>", "an issuer of the configuration in place of the usual one")
    .addOption(
      new Option("--key-algorithm <name>", "of its key (default: keyAlgorithm of the configuration)").choices(
        issuableKeyAlgorithms,
      ),
    )
    .action(async (names: readonly string[], flags: RunIssue.IssueFlags, own: Command) => {
      requireDefault(flags, own);
      // Not an import at the top: help and mistakes must not wait for AWS's SDK, TLS and ACME.
      const { runIssueCommand } = module.require("./run-issue") as typeof RunIssue;
      await runIssueCommand(names, flags, manners);
    });
}
