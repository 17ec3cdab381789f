import { dirname, join } from "node:path";
import { writePrivateFile } from "../platform/private-file";
import { cliConfiguration } from "../provider/install/cli-configuration";
import { installProvider } from "../provider/install/install-provider";
import { ownPackage } from "../provider/install/own-package";
import { publicHosts, type ProviderPackage } from "../provider/install/provider-package";
import { standInVersion } from "./aws-provider/stand-in-version";

export interface SandboxPluginsOptions {
  /** Root of the filesystem mirror; made where it is missing. */
  readonly mirror: string;
  /** `dist/provider` of a build: the folders `unexpired` and `aws-sandbox`. */
  readonly bundlesFolder: string;
  /** Of our own provider; the stand-in has the version it stands in for. */
  readonly version: string;
}

export interface SandboxPlugins {
  /** host/namespace/type of both, at both registries. */
  readonly addresses: readonly string[];
  /** For TF_CLI_CONFIG_FILE: both come from the mirror, every other provider from its registry. */
  readonly cliConfigFile: string;
}

/**
 * Puts our provider and the stand-in for hashicorp/aws into a mirror, and a CLI configuration for it beside the mirror.
 * Errors: `store_unwritable`, `missing_file` where the bundles were not built.
 */
export async function installSandboxPlugins(options: SandboxPluginsOptions): Promise<SandboxPlugins> {
  const { mirror, bundlesFolder, version } = options;
  const packages: readonly ProviderPackage[] = [
    ownPackage(bundlesFolder, version),
    {
      hosts: publicHosts,
      namespace: "hashicorp",
      type: "aws",
      version: standInVersion,
      bundleFolder: join(bundlesFolder, "aws-sandbox"),
    },
  ];
  const addresses: string[] = [];
  for (const each of packages) addresses.push(...(await installProvider(each, { mirror })).addresses);
  const cliConfigFile = join(dirname(mirror), "terraform.tfrc");
  await writePrivateFile(cliConfigFile, cliConfiguration({ mirror, addresses }));
  return { addresses, cliConfigFile };
}
