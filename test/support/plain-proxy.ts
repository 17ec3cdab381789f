/**
 * A proxy as a process of its own, over plain HTTP, in front of the sandbox's Edge DNS: for loads and for octets that no
 * client library would send.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EdgeGridCredentials } from "../../src/akamai/edgegrid-sign";
import type { RecordSet } from "../../src/dns/record-set";
import { deriveCredentials, newClientToken, parseMasterKey } from "../../src/proxy/identity/client-secret";
import { calmEdgeDns, type EdgeDnsFaults } from "../../src/sandbox/edge-dns/edge-dns-faults";
import { startEdgeDns, type RunningEdgeDns } from "../../src/sandbox/edge-dns/start-edge-dns";
import { RequestGate } from "../../src/sandbox/request-gate";
import { ZoneStore } from "../../src/sandbox/zone-store";
import { ReplicaProcess } from "./replica-process";
import { edgerc, masterKeyText } from "./running-proxy";

export interface PlainProxySetup {
  /** Names of the clients; each gets a token and no limit of requests. */
  readonly clients: readonly string[];
  /** Entries under `grants:`. */
  readonly grants: readonly object[];
  readonly zones: Readonly<Record<string, readonly RecordSet[]>>;
  /** @default calmEdgeDns */
  readonly faults?: EdgeDnsFaults;
  /** Of the proxy's node. */
  readonly nodeOptions?: string;
}

export class PlainProxy {
  private constructor(
    readonly folder: string,
    readonly store: ZoneStore,
    readonly gate: RequestGate,
    readonly replica: ReplicaProcess,
    private readonly tokens: ReadonlyMap<string, string>,
    private readonly upstream: RunningEdgeDns,
  ) {}

  static async start({ clients, grants, zones, faults = calmEdgeDns, nodeOptions = "" }: PlainProxySetup) {
    const folder = mkdtempSync(join(tmpdir(), "adp-plain-"));
    const store = new ZoneStore();
    for (const [zone, sets] of Object.entries(zones)) store.createZone(zone, sets);
    const gate = new RequestGate();
    const upstream = await startEdgeDns({ store, gate, faults });
    const tokens = new Map(clients.map((name) => [name, newClientToken()]));
    const policy = {
      listen: { port: 0, insecurePlainHttp: true, names: ["127.0.0.1"] },
      upstream: { edgerc: ".edgerc", caFile: "ca.pem" },
      masterKey: { env: "ADP_MASTER_KEY" },
      audit: { file: "audit.jsonl" },
      clients: clients.map((name) => ({ name, tokens: [tokens.get(name)], requestsPerMinute: 10_000_000 })),
      grants,
    };
    writeFileSync(join(folder, "ca.pem"), upstream.caPem);
    writeFileSync(join(folder, ".edgerc"), edgerc(upstream.credentials));
    writeFileSync(join(folder, "adp.yaml"), JSON.stringify(policy));
    const environment = { ADP_MASTER_KEY: masterKeyText, NODE_OPTIONS: nodeOptions };
    const replica = await ReplicaProcess.start({ policyFile: join(folder, "adp.yaml"), environment });
    return new PlainProxy(folder, store, gate, replica, tokens, upstream);
  }

  get port(): number {
    return this.replica.port;
  }

  credentials(client: string): EdgeGridCredentials {
    const token = this.tokens.get(client) ?? "unknown-client-token";
    const derived = deriveCredentials(parseMasterKey(masterKeyText, "the tests"), token);
    return { ...derived, host: `127.0.0.1:${this.port}` };
  }

  /** Resident memory in MiB (proc(5), status). */
  residentMiB(): number {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.replica.pid}/status`, "utf8")) ?? [];
    return Number(kib) / 1024;
  }

  openFiles(): number {
    return readdirSync(`/proc/${this.replica.pid}/fd`).length;
  }

  /** The entries of the audit trail so far, of all its files. */
  audit(): Record<string, unknown>[] {
    const files = readdirSync(this.folder).filter((file) => /^audit.*\.jsonl$/.test(file));
    const lines = files.flatMap((file) => readFileSync(join(this.folder, file), "utf8").split("\n"));
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async stop(): Promise<void> {
    await this.replica.close();
    await this.upstream.close();
    rmSync(this.folder, { recursive: true });
  }
}
