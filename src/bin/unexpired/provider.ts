import { homedir } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { checkNode } from "../../provider/install/check-node";
import { cliConfiguration } from "../../provider/install/cli-configuration";
import { installProvider } from "../../provider/install/install-provider";
import { impliedMirror, ownPackage } from "../../provider/install/own-package";
import type { CommandManners } from "../command-manners";
import { ownBuild } from "../own-build";

export function addProvider(program: Command, manners: CommandManners): void {
  program
    .command("provider")
    .description("the Terraform provider")
    .command("install")
    .description("write the provider into a filesystem mirror and print the CLI configuration for it")
    .option("--dir <folder>", "root of the mirror (default: ~/.terraform.d/plugins, which terraform reads by itself)")
    .option("--json", "write what was done as JSON, by docs/reference/schemas/provider-install.schema.json")
    .action((flags: InstallFlags) => install(flags, manners));
}

interface InstallFlags {
  readonly dir?: string;
  readonly json?: true;
}

async function install({ dir, json }: InstallFlags, manners: CommandManners): Promise<void> {
  const node = await checkNode(process.env);
  const { version, bundlesFolder } = ownBuild();
  const mirror = dir === undefined ? impliedMirror(homedir()) : resolve(dir);
  const { addresses, folders } = await installProvider(ownPackage(bundlesFolder, version), { mirror });
  const configuration = cliConfiguration({ mirror, addresses });
  if (json) {
    const facts = { version, mirror, addresses, folders, node, cliConfiguration: configuration };
    process.stdout.write(JSON.stringify(facts, null, 2) + "\n");
    return;
  }
  process.stdout.write(configuration);
  manners.say(`version ${version} is in ${mirror}`);
  manners.say(
    dir === undefined
      ? "terraform looks there by itself; only where ~/.terraformrc has a provider_installation block, add the mirror above"
      : "put the text above into ~/.terraformrc, or into a file that TF_CLI_CONFIG_FILE names",
  );
}
