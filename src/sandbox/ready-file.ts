/** What a client of the sandbox needs to know, as one JSON file; docs/reference/sandbox.md tells what each entry is for. */
import { writePrivateFile } from "../platform/private-file";
import type { Sandbox } from "./start-sandbox";

export interface ReadyFile {
  readonly acme: { readonly directoryUrl: string; readonly caFile: string; readonly rootsFile: string };
  /** `host` and `port` are the first server's; `nameServers` has all of them as host:port. */
  readonly dns: { readonly host: string; readonly port: number; readonly nameServers: readonly string[] };
  /** `host` is host:port; `edgerc` a file. */
  readonly edgeDns: { readonly host: string; readonly caFile: string; readonly edgerc: string };
  readonly aws: {
    readonly endpointUrl: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  readonly loadBalancers: readonly { readonly name: string; readonly arn: string }[];
  readonly management: { readonly url: string };
  /** Mirror with our provider and the stand-in for hashicorp/aws. */
  readonly pluginDir: string;
  /** For TF_CLI_CONFIG_FILE. */
  readonly cliConfigFile: string;
  /** For UNEXPIRED_STATE_DIR, so that the journal of real certificates stays apart. */
  readonly stateDir: string;
}

export interface ReadyParts {
  readonly sandbox: Sandbox;
  readonly managementUrl: string;
  readonly pluginDir: string;
  readonly cliConfigFile: string;
  readonly stateDir: string;
}

export function readyFile({ sandbox, managementUrl, pluginDir, cliConfigFile, stateDir }: ReadyParts): ReadyFile {
  const { acme, dns, edgeDns, aws, files } = sandbox;
  const { endpointUrl, region, accessKeyId, secretAccessKey } = aws;
  return {
    acme: { directoryUrl: acme.directoryUrl, caFile: files.acmeCaFile, rootsFile: files.rootsFile },
    dns: { host: dns.host, port: dns.port, nameServers: dns.servers.map(({ host, port }) => `${host}:${port}`) },
    edgeDns: { host: edgeDns.credentials.host, caFile: files.edgeDnsCaFile, edgerc: files.edgerc },
    aws: { endpointUrl, region, accessKeyId, secretAccessKey },
    loadBalancers: [...sandbox.loadBalancers].map(([name, arn]) => ({ name, arn })),
    management: { url: managementUrl },
    pluginDir,
    cliConfigFile,
    stateDir,
  };
}

/** Mode 0600, as it holds credentials, if only of the sandbox. Error: `store_unwritable`. */
export async function writeReadyFile(path: string, ready: ReadyFile): Promise<void> {
  await writePrivateFile(path, JSON.stringify(ready, null, 2) + "\n");
}
