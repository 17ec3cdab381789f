import { homedir } from "node:os";
import { createAccount } from "../../manage-certs/account/create-account";
import { knownAccount, type KnownAccount } from "../../manage-certs/account/known-account";
import { rollOverAccount } from "../../manage-certs/account/roll-over-account";
import type { ConfiguredIssuer } from "../../manage-certs/config/config";
import { issuerFor } from "../../manage-certs/config/issuer-called";
import { readConfig } from "../../manage-certs/config/read-config";
import { Engine } from "../../issuance/engine";
import type { CommandManners } from "../command-manners";

export type AccountCommand = "create" | "show" | "rollover";

export interface AccountFlags {
  readonly issuer?: string;
  readonly config?: string;
}

export async function runAccount(command: AccountCommand, flags: AccountFlags, manners: CommandManners): Promise<void> {
  const config = await readConfig({ file: flags.config, environment: process.env, homeFolder: homedir() });
  const issuer = issuerFor(flags.issuer, config);
  const stop = new AbortController();
  manners.onStopSignal(async () => stop.abort());
  const engine = new Engine(config.engine);
  const account = await accountAfter(command, engine, issuer, stop.signal, manners);
  process.stdout.write(accountText(issuer, account));
}

async function accountAfter(
  command: AccountCommand,
  engine: Engine,
  issuer: ConfiguredIssuer,
  signal: AbortSignal,
  manners: CommandManners,
): Promise<KnownAccount> {
  switch (command) {
    case "create": {
      const { account, wasThere } = await createAccount(engine, issuer, signal);
      manners.say(wasThere ? "the account is there; nothing was made" : "the account was made");
      return account;
    }
    case "show":
      return knownAccount(engine, issuer, signal);
    case "rollover": {
      const account = await rollOverAccount(engine, issuer, signal);
      manners.say("the account has a new key; the CA refuses the old one from now on");
      return account;
    }
  }
}

function accountText({ name, directoryUrl }: ConfiguredIssuer, account: KnownAccount): string {
  const lines = [
    `issuer   ${name} (${directoryUrl})`,
    `account  ${account.url}`,
    `contact  ${account.contactEmails.join(", ") || "none"}`,
    `key in   ${account.place}`,
    ...(account.rollingOver ? ["         a change of key was begun; `manage-certs account rollover` ends it"] : []),
  ];
  return `${lines.join("\n")}\n`;
}
