/** A proxy in front of the sandbox's Edge DNS, over real TLS sockets, and clients that sign with the project's signer. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpsRequest, type Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signEdgeGrid, type EdgeGridCredentials } from "../../src/akamai/edgegrid-sign";
import type { RecordSet } from "../../src/dns/record-set";
import { sleep as realSleep } from "../../src/platform/clock";
import { jsonLinesLogger } from "../../src/platform/json-lines-logger";
import { deriveCredentials, newClientToken, parseMasterKey } from "../../src/proxy/identity/client-secret";
import { startProxy, type ProxyOptions, type RunningProxy } from "../../src/proxy/start-proxy";
import { calmEdgeDns, type EdgeDnsFaults } from "../../src/sandbox/edge-dns/edge-dns-faults";
import { startEdgeDns, type RunningEdgeDns } from "../../src/sandbox/edge-dns/start-edge-dns";
import { RequestGate } from "../../src/sandbox/request-gate";
import { createThrowawayCa } from "../../src/sandbox/throwaway-tls";
import { ZoneStore } from "../../src/sandbox/zone-store";

export const masterKeyText = "a master key of the tests, long enough for anybody";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

export interface SendOptions {
  readonly agent?: Agent;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the Authorization header. Empty leaves it out. */
  readonly authorization?: string;
  /** How far the client's clock is off, in milliseconds. */
  readonly skewMs?: number;
  /** The Host header. */
  readonly host?: string;
  /** Of a proxy that the caller has started by itself. */
  readonly port?: number;
}

export type Send = (method: string, target: string, body?: unknown, options?: SendOptions) => Promise<Answer>;

export interface ProxySetup {
  /** YAML of `clients:` and `grants:`; `{token:NAME}` stands for a new token of that client. */
  readonly policy: string;
  readonly zones: Readonly<Record<string, readonly RecordSet[]>>;
  /** @default calmEdgeDns */
  readonly faults?: EdgeDnsFaults;
  readonly options?: Partial<ProxyOptions>;
  /** Further files in the policy file's folder. */
  readonly files?: Readonly<Record<string, string>>;
}

/** How many proxies stand in front of the one Edge DNS. Tests of one file all use the same (two-replicas.ts). */
export interface Replicas {
  readonly count: number;
  /** The URL of a new database, for what they share. */
  readonly newDatabase?: () => Promise<string>;
  /** Starts one on its policy file. @default in this process */
  readonly startAs?: (policyFile: string) => Promise<RunningProxy>;
}

export class TestProxy {
  /** @default one, by itself */
  static replicas: Replicas = { count: 1 };

  private connectionsMade = 0;
  private readonly replicaOfAgent = new WeakMap<Agent, RunningProxy>();

  private constructor(
    readonly folder: string,
    readonly upstream: RunningEdgeDns,
    readonly store: ZoneStore,
    readonly gate: RequestGate,
    readonly proxyCa: string,
    private readonly tokens: ReadonlyMap<string, string>,
    readonly logged: readonly string[],
    readonly proxies: readonly RunningProxy[],
    /** Of the first proxy. */
    readonly proxy: RunningProxy,
    private readonly startReplica: (index: number) => Promise<RunningProxy>,
  ) {}

  static async start({ policy, zones, faults, options, files = {} }: ProxySetup): Promise<TestProxy> {
    const folder = mkdtempSync(join(tmpdir(), "adp-"));
    const ca = await createThrowawayCa();
    const store = new ZoneStore();
    for (const [zone, sets] of Object.entries(zones)) store.createZone(zone, sets);
    const gate = new RequestGate();
    const upstream = await startEdgeDns({ store, gate, ca, faults: faults ?? calmEdgeDns });
    const identity = await ca.issue(["127.0.0.1", "localhost"]);
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write("adp.pem", identity.certPem);
    write("adp.key", identity.keyPem);
    write("ca.pem", ca.caPem);
    for (const [name, text] of Object.entries(files)) write(name, text);
    write(".edgerc", edgerc(upstream.credentials));
    const tokens = new Map<string, string>();
    const clients = policy.replaceAll(/\{token:([a-z-]+)\}/g, (_, name: string) => {
      tokens.set(name, newClientToken());
      return tokens.get(name) ?? "";
    });
    const database = await TestProxy.replicas.newDatabase?.();
    const coordination = database === undefined ? "" : `coordination: { postgres: "${database}" }\n`;
    const logged: string[] = [];
    const startReplica = (index: number) => {
      write(policyFileOf(index), proxyFile(index) + coordination + clients);
      const policyFile = join(folder, policyFileOf(index));
      if (TestProxy.replicas.startAs !== undefined) return TestProxy.replicas.startAs(policyFile);
      return startProxy({
        policyFile,
        environment: { ADP_MASTER_KEY: masterKeyText },
        readAwsSecret: () => Promise.reject(new Error("no secret of AWS is named here")),
        homeFolder: folder,
        logger: jsonLinesLogger((line) => logged.push(line)),
        sleep: (_ms, signal) => realSleep(5, signal),
        ...options,
      });
    };
    const proxy = await startReplica(0);
    const others = Array.from({ length: TestProxy.replicas.count - 1 }, (_, index) => startReplica(index + 1));
    const proxies = [proxy, ...(await Promise.all(others))];
    return new TestProxy(folder, upstream, store, gate, ca.caPem, tokens, logged, proxies, proxy, startReplica);
  }

  /** Another one in place of the first, which must have been closed. Whoever calls closes it. */
  startAgain(): Promise<RunningProxy> {
    return this.startReplica(0);
  }

  credentials(client: string): EdgeGridCredentials {
    const token = this.tokens.get(client) ?? "unknown-client-token";
    return { ...deriveCredentials(parseMasterKey(masterKeyText, "tests"), token), host: this.host };
  }

  get host(): string {
    return `127.0.0.1:${this.proxy.port}`;
  }

  /** Requests of one client, each signed by our own signer. Bodies that are no text become JSON. */
  as(client: string, defaults: SendOptions = {}): Send {
    return (method, target, body, given = {}) => {
      const options = { ...defaults, ...given };
      const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
      const clock = { now: () => new Date(Date.now() + (options.skewMs ?? 0)) };
      const credentials = { ...this.credentials(client), host: options.host ?? this.host };
      const signed = signEdgeGrid(credentials, { method, target, body: text }, { clock });
      return this.raw(method, target, text, { ...options, authorization: options.authorization ?? signed });
    };
  }

  raw(method: string, target: string, body: string | undefined, options: SendOptions): Promise<Answer> {
    const { authorization = "", agent = false, host = this.host } = options;
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          method,
          host: "127.0.0.1",
          port: options.port ?? this.replicaFor(agent).port,
          path: target,
          agent,
          ca: this.proxyCa,
          servername: "localhost",
          headers: {
            host,
            ...(authorization === "" ? {} : { authorization }),
            ...(body === undefined
              ? {}
              : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
            ...options.headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            const isJson = response.headers["content-type"]?.includes("json") === true;
            const json: unknown = text === "" || !isJson ? undefined : JSON.parse(text);
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
          });
        },
      );
      request.on("error", reject);
      request.end(body);
    });
  }

  /** As a load balancer does it: each new connection goes to the next replica, and a kept one stays where it is. */
  private replicaFor(agent: Agent | false): RunningProxy {
    const known = agent === false ? undefined : this.replicaOfAgent.get(agent);
    const replica = known ?? this.proxies[this.connectionsMade++ % this.proxies.length] ?? this.proxy;
    if (agent !== false) this.replicaOfAgent.set(agent, replica);
    return replica;
  }

  /** The entries of all audit trails so far, in the order in which they were written. */
  audit(): Record<string, unknown>[] {
    const entries = this.proxies.flatMap((_, index) =>
      readFileSync(join(this.folder, auditFileOf(index)), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    );
    return entries.sort((left, right) => Date.parse(String(left.time)) - Date.parse(String(right.time)));
  }

  /** Stops the proxies; Edge DNS goes on. */
  async closeProxies(): Promise<void> {
    await Promise.all(this.proxies.map((each) => each.close()));
  }

  async stop(): Promise<void> {
    await this.closeProxies();
    await this.upstream.close();
    rmSync(this.folder, { recursive: true });
  }
}

export function edgerc(credentials: EdgeGridCredentials): string {
  const { host, clientToken, clientSecret, accessToken } = credentials;
  return `[default]
host = ${host}
client_token = ${clientToken}
client_secret = ${clientSecret}
access_token = ${accessToken}
`;
}

const policyFileOf = (index: number) => (index === 0 ? "adp.yaml" : `adp-${index}.yaml`);
const auditFileOf = (index: number) => (index === 0 ? "audit.jsonl" : `audit-${index}.jsonl`);

const proxyFile = (index: number) => `
listen: { port: 0, tls: { certificateFile: adp.pem, privateKeyFile: adp.key }, names: [127.0.0.1, adp.example.gov] }
upstream: { edgerc: .edgerc, caFile: ca.pem }
masterKey: { env: ADP_MASTER_KEY }
audit: { file: ${auditFileOf(index)} }
`;
