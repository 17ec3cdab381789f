/**
 * Everything outside, on loopback: an ACME CA, name servers, Edge DNS, AWS and the front ends of its load balancers,
 * wired together as in the field. The CA validates through the name servers, which serve what Edge DNS wrote; the front
 * ends serve what ACM holds. Start here, then read the folder of the part in question.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { EdgeGridCredentials } from "../akamai/edgegrid-sign";
import { writePrivateFile } from "../platform/private-file";
import { startAcmeCa, type AcmeCa } from "./acme-ca/start-acme-ca";
import { AwsAccount } from "./aws/aws-account";
import { startAws, type RunningAws } from "./aws/start-aws";
import { startDnsServer, type RunningDnsServer } from "./dns-server/start-dns-server";
import { startEdgeDns, type RunningEdgeDns } from "./edge-dns/start-edge-dns";
import { RequestGate } from "./request-gate";
import {
  faultProfiles,
  sandboxProfiles,
  sandboxZones,
  type SandboxFaults,
  type SandboxOptions,
} from "./sandbox-options";
import { seededRandom } from "./seeded-random";
import { ZoneStore } from "./zone-store";

export interface Sandbox {
  readonly gate: RequestGate;
  readonly zones: ZoneStore;
  readonly acme: AcmeCa;
  readonly dns: RunningDnsServer;
  readonly edgeDns: RunningEdgeDns;
  readonly aws: RunningAws;
  readonly account: AwsAccount;
  /** ARN by name. */
  readonly loadBalancers: ReadonlyMap<string, string>;
  readonly files: SandboxFiles;
  /** Puts other faults in force, in every part. The lag of name servers stays as it was at the start. */
  setFaults(faults: SandboxFaults): void;
  close(): Promise<void>;
}

/** Absolute paths of what clients need. */
export interface SandboxFiles {
  /** Trust for the CA's own endpoint. */
  readonly acmeCaFile: string;
  /** Roots of the certificates that it and ACM issue. */
  readonly rootsFile: string;
  /** Trust for Edge DNS. */
  readonly edgeDnsCaFile: string;
  /** Credentials for Edge DNS, section `default`. */
  readonly edgerc: string;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, seed = 1, faults = faultProfiles.hostile } = options;
  await mkdir(folder, { recursive: true });
  const gate = new RequestGate();
  const zones = zoneStore(options);
  const started: { close(): Promise<void> }[] = [];
  const start = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    started.push(part);
    return part;
  };
  const close = async () => void (await Promise.all(started.splice(0).map((part) => part.close())));
  try {
    const dns = await start(
      startDnsServer({ store: zones, gate, servers: [{}, { propagationDelayMs: faults.secondNameServerDelayMs }] }),
    );
    const edgeDns = await start(startEdgeDns({ store: zones, gate, faults: faults.edgeDns, seed }));
    const account = new AwsAccount({
      faults: faults.aws,
      random: seededRandom(seed),
      zones,
      dnsServer: dns,
      issuedLifetimeSeconds: options.acmLifetimeSeconds,
    });
    const aws = await start(startAws({ account, gate }));
    const acme = await start(
      startAcmeCa({
        dnsServer: dns,
        gate,
        seed,
        faults: faults.acme,
        profiles: options.profiles ?? sandboxProfiles,
        ...(options.rateLimits && { rateLimits: options.rateLimits }),
      }),
    );
    const loadBalancers = new Map(
      (options.loadBalancers ?? ["web"]).map((name) => [name, account.createLoadBalancer({ name }).arn]),
    );
    const files = await writeFiles(folder, { acme, edgeDns, account });
    const setFaults = (next: SandboxFaults) => {
      account.faults = next.aws;
      acme.setFaults(next.acme);
      edgeDns.setFaults(next.edgeDns);
    };
    return { gate, zones, acme, dns, edgeDns, aws, account, loadBalancers, files, setFaults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function zoneStore(options: SandboxOptions): ZoneStore {
  const zones = new ZoneStore();
  for (const { name, records } of options.zones ?? sandboxZones) zones.createZone(name, records);
  return zones;
}

async function writeFiles(
  folder: string,
  { acme, edgeDns, account }: { acme: AcmeCa; edgeDns: RunningEdgeDns; account: AwsAccount },
): Promise<SandboxFiles> {
  const files: SandboxFiles = {
    acmeCaFile: join(folder, "acme-ca.pem"),
    rootsFile: join(folder, "roots.pem"),
    edgeDnsCaFile: join(folder, "edge-dns-ca.pem"),
    edgerc: join(folder, "edgerc"),
  };
  await writePrivateFile(files.acmeCaFile, acme.caPem);
  await writePrivateFile(files.rootsFile, [...acme.roots, ...account.authority.roots].join("\n"));
  await writePrivateFile(files.edgeDnsCaFile, edgeDns.caPem);
  await writePrivateFile(files.edgerc, edgercText(edgeDns.credentials));
  return files;
}

function edgercText({ host, clientToken, clientSecret, accessToken }: EdgeGridCredentials): string {
  return `[default]
host = ${host}
client_token = ${clientToken}
client_secret = ${clientSecret}
access_token = ${accessToken}
`;
}
