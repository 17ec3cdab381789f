import type { Command } from "commander";
import type { CommandManners } from "../command-manners";
import type * as RunAccount from "./run-account";

export function addAccount(program: Command, manners: CommandManners): void {
  const account = program.command("account").description("the ACME account of an issuer of the configuration");
  const add = (name: RunAccount.AccountCommand, description: string) =>
    account
      .command(name)
      .description(description)
      .option("--issuer <name>", "another issuer of the configuration than the usual one")
      .option("--config <file>", "the configuration (default: manage-certs.yaml, if there is one)")
      .action(async (flags: RunAccount.AccountFlags) => {
        // Not an import at the top: help and mistakes must not wait for ACME and AWS's SDK.
        const { runAccount } = module.require("./run-account") as typeof RunAccount;
        await runAccount(name, flags, manners);
      });
  add("create", "make it, unless it is there; this agrees to the CA's terms of service");
  add("show", "its URL, its contact, and where its key is kept");
  add("rollover", "give it a new key; what holds it open elsewhere must open it again");
}
