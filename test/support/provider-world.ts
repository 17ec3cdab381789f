/** The packed provider in a mirror, a sandbox, and terraform projects that use both. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AwsAccess } from "../../src/aws/aws-access";
import { installSandboxPlugins } from "../../src/sandbox/install-plugins";
import { faultProfiles, type SandboxOptions } from "../../src/sandbox/sandbox-options";
import type { RunningAws } from "../../src/sandbox/aws/start-aws";
import { startSandbox, type Sandbox, type SandboxFiles } from "../../src/sandbox/start-sandbox";
import { TerraformProject } from "./terraform";

const root = resolve(__dirname, "../..");

export const providerVersion = (
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string }
).version;

export interface ProviderWorld {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** AWS as others see it, who change things behind terraform's back. */
  access(): AwsAccess;
  /** A project with the provider block and the text given, initialised. */
  project(hcl: string, environment?: Readonly<Record<string, string>>): Promise<TerraformProject>;
  close(): Promise<void>;
}

/** What clients need to know of a sandbox, whichever process it is in. */
export interface SandboxPlaces {
  readonly acme: { readonly directoryUrl: string };
  readonly aws: Pick<RunningAws, "endpointUrl" | "region" | "accessKeyId" | "secretAccessKey">;
  readonly dns: { readonly servers: readonly { readonly host: string; readonly port: number }[] };
  readonly files: SandboxFiles;
}

export async function startProviderWorld(options: Partial<SandboxOptions> = {}): Promise<ProviderWorld> {
  const folder = mkdtempSync(join(tmpdir(), "provider-world-"));
  const sandbox = await startSandbox({ folder: join(folder, "sandbox"), faults: faultProfiles.calm, ...options });
  const mirror = await installBuiltProviders(join(folder, "mirror"));
  const projects: TerraformProject[] = [];
  const opened: AwsAccess[] = [];
  return {
    sandbox,
    folder,
    access: () => {
      const { endpointUrl, region, accessKeyId, secretAccessKey } = sandbox.aws;
      const made = new AwsAccess({ region, endpointUrl, credentials: { accessKeyId, secretAccessKey } });
      opened.push(made);
      return made;
    },
    project: async (hcl, environment) => {
      const made = await createProject(sandbox, { hcl, mirror, stateFolder: join(folder, "state"), environment });
      projects.push(made);
      return made;
    },
    close: async () => {
      for (const access of opened) access.close();
      await Promise.all(projects.map((project) => project.remove()));
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A filesystem mirror with what `npm run build` made. */
export async function installBuiltProviders(folder: string): Promise<ProviderMirror> {
  const bundlesFolder = join(root, "dist/provider");
  const installed = await installSandboxPlugins({ mirror: folder, bundlesFolder, version: providerVersion });
  return { folder, ...installed };
}

export interface ProviderMirror {
  readonly folder: string;
  readonly addresses: readonly string[];
  /** For terraform that is run by others than `TerraformProject`. */
  readonly cliConfigFile: string;
}

export interface ProjectOptions {
  /** Beside the provider block. */
  readonly hcl: string;
  readonly mirror: ProviderMirror;
  /** Where the provider keeps what a crash must not lose. */
  readonly stateFolder: string;
  /** Of terraform, beside what it needs for the sandbox: `TF_VAR_…`. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A project with the provider block and the text given, initialised. */
export async function createProject(
  sandbox: SandboxPlaces,
  { hcl, mirror, stateFolder, environment = {} }: ProjectOptions,
): Promise<TerraformProject> {
  const project = await TerraformProject.create({
    files: { "main.tf": providerBlock(sandbox) + hcl },
    mirror,
    environment: { ...awsEnvironment(sandbox), UNEXPIRED_STATE_DIR: stateFolder, ...environment },
  });
  await project.init();
  return project;
}

export function awsEnvironment({ aws }: Pick<SandboxPlaces, "aws">): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

export function nameServersOf({ dns }: Pick<SandboxPlaces, "dns">): string[] {
  return dns.servers.map(({ host, port }) => `${host}:${port}`);
}

function providerBlock(sandbox: SandboxPlaces): string {
  return `
terraform {
  required_providers {
    unexpired = { source = "unexpired/unexpired" }
  }
}
provider "unexpired" {
  edge_dns     = { edgerc = "${sandbox.files.edgerc}", ca_file = "${sandbox.files.edgeDnsCaFile}" }
  name_servers = ${JSON.stringify(nameServersOf(sandbox))}
}
`;
}

/** The `issuer` argument for the sandbox's CA. */
export function issuerArgument(sandbox: Pick<SandboxPlaces, "acme" | "files">, more = ""): string {
  return `{ directory_url = "${sandbox.acme.directoryUrl}", ca_file = "${sandbox.files.acmeCaFile}" ${more} }`;
}
