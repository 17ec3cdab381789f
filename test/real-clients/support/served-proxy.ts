/**
 * `akamai-dns-proxy serve` as a process of its own, over TLS, in front of the sandbox's Edge DNS with all its faults on,
 * and the sandbox's name server for the same zones: what a real client meets. Needs `npm run build`.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { EdgeGridCredentials } from "../../../src/akamai/edgegrid-sign";
import type { RecordSet } from "../../../src/dns/record-set";
import { deriveCredentials, newClientToken, parseMasterKey } from "../../../src/proxy/identity/client-secret";
import { startDnsServer, type RunningDnsServer } from "../../../src/sandbox/dns-server/start-dns-server";
import type { EdgeDnsFaults } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import { startEdgeDns, type RunningEdgeDns } from "../../../src/sandbox/edge-dns/start-edge-dns";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { createThrowawayCa, type ThrowawayCa } from "../../../src/sandbox/throwaway-tls";
import { ZoneStore } from "../../../src/sandbox/zone-store";
import { edgerc, masterKeyText } from "../../support/running-proxy";
import { waitForFile } from "../../support/wait-for-file";

const program = resolve(__dirname, "../../../dist/src/bin/akamai-dns-proxy.js");

export interface ServedProxySetup {
  /** Names of the clients; each gets a token. */
  readonly clients: readonly string[];
  /** YAML list of grants. */
  readonly grants: string;
  readonly zones: Readonly<Record<string, readonly RecordSet[]>>;
  /** @default hostileEdgeDns */
  readonly faults?: EdgeDnsFaults;
}

export class ServedProxy {
  private constructor(
    readonly folder: string,
    readonly store: ZoneStore,
    readonly gate: RequestGate,
    readonly ca: ThrowawayCa,
    /** host:port, as clients are told. */
    readonly host: string,
    /** host:port of the name server. */
    readonly resolver: string,
    private readonly tokens: ReadonlyMap<string, string>,
    private readonly child: ChildProcess,
    private readonly upstream: RunningEdgeDns,
    private readonly dns: RunningDnsServer,
  ) {}

  static async start({ clients, grants, zones, faults }: ServedProxySetup): Promise<ServedProxy> {
    const folder = mkdtempSync(join(tmpdir(), "adp-served-"));
    const ca = await createThrowawayCa();
    const store = new ZoneStore();
    for (const [zone, sets] of Object.entries(zones)) store.createZone(zone, sets);
    const gate = new RequestGate();
    const upstream = await startEdgeDns({ store, gate, ca, faults });
    const dns = await startDnsServer({ store, gate });
    const identity = await ca.issue(["127.0.0.1", "localhost"]);
    const tokens = new Map(clients.map((name) => [name, newClientToken()]));
    const files = {
      "adp.pem": identity.certPem,
      "adp.key": identity.keyPem,
      "ca.pem": ca.caPem,
      ".edgerc": edgerc(upstream.credentials),
      "adp.yaml": policyFile(tokens, grants),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const ready = join(folder, "ready.json");
    const child = spawn(process.execPath, [program, "serve", join(folder, "adp.yaml"), "--ready-file", ready], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { PATH: process.env.PATH, HOME: folder, ADP_MASTER_KEY: masterKeyText },
    });
    const { host, port } = JSON.parse(await waitForFile(ready, child)) as { host: string; port: number };
    const resolver = `${dns.host}:${dns.port}`;
    return new ServedProxy(folder, store, gate, ca, `${host}:${port}`, resolver, tokens, child, upstream, dns);
  }

  /** Of the process. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  credentials(client: string): EdgeGridCredentials {
    const token = this.tokens.get(client);
    if (token === undefined) throw new Error(`there is no client ${client}`);
    return { ...deriveCredentials(parseMasterKey(masterKeyText, "tests"), token), host: this.host };
  }

  /** A PEM file with the proxy's authority and these. */
  trust(...others: readonly string[]): string {
    const file = join(this.folder, "trusted.pem");
    writeFileSync(file, [this.ca.caPem, ...others].join("\n"));
    return file;
  }

  /** The entries of the audit trail so far. */
  audit(): Record<string, unknown>[] {
    const lines = readFileSync(join(this.folder, "audit.jsonl"), "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Resolves to the exit code of the proxy. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((done) => this.child.once("close", done));
    this.child.kill("SIGTERM");
    const status = await ended;
    await Promise.all([this.upstream.close(), this.dns.close()]);
    rmSync(this.folder, { recursive: true });
    return status;
  }
}

function policyFile(tokens: ReadonlyMap<string, string>, grants: string): string {
  const clients = [...tokens].map(
    ([name, token]) => `  - { name: ${name}, tokens: [${token}], requestsPerMinute: 100000 }`,
  );
  return `
listen: { port: 0, tls: { certificateFile: adp.pem, privateKeyFile: adp.key }, names: [127.0.0.1, localhost] }
upstream: { edgerc: .edgerc, caFile: ca.pem }
masterKey: { env: ADP_MASTER_KEY }
audit: { file: audit.jsonl }
clients:
${clients.join("\n")}
grants:
${grants}
`;
}
