/** An estate of listeners in a sandbox, and manage-certs' renewals as the command runs them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { createSecureContext, createServer, type Server } from "node:tls";
import { parseCertificate } from "../../src/certificates/parse-certificate";
import { Engine } from "../../src/issuance/engine";
import type { Config } from "../../src/manage-certs/config/config";
import { OrderPace } from "../../src/manage-certs/renew/order-pace";
import { parseConnectTo } from "../../src/rollout/connect-to";
import { planRenewals, type RenewalWishes } from "../../src/manage-certs/renew/plan-renewals";
import { preflight } from "../../src/manage-certs/renew/preflight";
import type { RenewParts, RenewalStep } from "../../src/manage-certs/renew/renew-parts";
import type { PlannedRenewal } from "../../src/manage-certs/renew/renewal-plan";
import { runRenewals, type RenewalReport } from "../../src/manage-certs/renew/run-renewals";
import type { Estate } from "../../src/manage-certs/scan/estate";
import type { HandshakeOptions } from "../../src/manage-certs/scan/observe-wire";
import { scanEstate } from "../../src/manage-certs/scan/scan-estate";
import { sleep, systemClock } from "../../src/platform/clock";
import { silentLogger } from "../../src/platform/log";
import type { FrontEndAddress } from "../../src/sandbox/load-balancer/front-end-door";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options";
import { startIssuanceWorld, type IssuanceWorld } from "./issuance-world";
import { createHttpsListener } from "./query-client";
import { createTestCa, type TestCa, type TestLeaf, type TestLeafOptions } from "./test-certificates";

const dayMs = 86_400_000;

/** Where nobody answers. */
const nobody: FrontEndAddress = { host: "127.0.0.1", port: 1 };

/** Dates of a certificate of 90 days that has this many left. */
export function withDaysLeft(days: number): Pick<TestLeafOptions, "notBefore" | "notAfter"> {
  const end = Date.now() + days * dayMs;
  return { notBefore: new Date(end - 90 * dayMs), notAfter: new Date(end) };
}

export interface Held {
  readonly arn: string;
  readonly serial: string;
  readonly leaf: TestLeaf;
}

export class RenewWorld {
  readonly steps: string[] = [];
  private readonly servers: Server[] = [];
  private readonly hidden = new Set<string>();
  private readonly lagging = new Map<string, FrontEndAddress>();
  private readonly elsewhere = new Map<string, readonly FrontEndAddress[]>();
  private generation = 0;

  private constructor(
    readonly world: IssuanceWorld,
    readonly ca: TestCa,
    private readonly engine: Engine,
  ) {}

  static async start(options: Partial<SandboxOptions> = {}): Promise<RenewWorld> {
    const world = await startIssuanceWorld(options);
    const { sandbox, folder } = world;
    const engine = new Engine({
      edgeDns: { edgerc: sandbox.files.edgerc, caFile: sandbox.files.edgeDnsCaFile },
      accountPlace: { kind: "file", folder: join(folder, "accounts") },
      nameServers: sandbox.dns.servers.map(({ host, port }) => `${host}:${port}`),
      journalFolder: join(folder, "journal"),
      environment: {},
      homeFolder: folder,
    });
    return new RenewWorld(world, await createTestCa(), engine);
  }

  get store() {
    return this.world.aws.certificates();
  }

  /** A certificate of the paid CA that somebody imported by hand. */
  async importPaid(options: TestLeafOptions, tags: Readonly<Record<string, string>> = {}): Promise<Held> {
    const leaf = await this.ca.leaf({ ...withDaysLeft(5), ...options });
    const material = {
      certificatePem: leaf.leafPem,
      chainPem: this.ca.intermediatePem,
      privateKeyPem: leaf.privateKeyPem,
    };
    const arn = await this.store.importNew({ ...material, tags });
    return { arn, serial: parseCertificate(leaf.leafPem).serial, leaf };
  }

  /** A listener of a load balancer of its own. */
  async listener(name: string, defaultArn: string, ...sniArns: readonly string[]): Promise<string> {
    const loadBalancerArn = this.world.sandbox.account.createLoadBalancer({ name, type: "application" }).arn;
    const arn = await createHttpsListener(this.world.sandbox.aws, { loadBalancerArn, certificateArn: defaultArn });
    for (const sni of sniArns) await this.world.aws.loadBalancers().addListenerCertificate(arn, sni);
    return arn;
  }

  scan(handshakes?: HandshakeOptions): Promise<Estate> {
    const { aws, sandbox } = this.world;
    const account = { name: "own", access: aws, homeRegion: sandbox.aws.region };
    return scanEstate({ accounts: [account], regions: [sandbox.aws.region], clock: systemClock, handshakes });
  }

  config(): Pick<Config, "issuer" | "keyAlgorithm"> {
    const { sandbox } = this.world;
    const issuer = { name: "sandbox", directoryUrl: sandbox.acme.directoryUrl, caFile: sandbox.files.acmeCaFile };
    return { issuer, keyAlgorithm: "EC_prime256v1" };
  }

  async plan(wishes: Partial<RenewalWishes> = {}): Promise<readonly PlannedRenewal[]> {
    const planned = planRenewals(await this.scan(), { only: [], ...wishes }, this.config());
    return preflight(planned, { engine: this.engine, zones: this.zones });
  }

  /** Plans and applies. */
  async renew(
    changes: Partial<RenewParts> = {},
    wishes: Partial<RenewalWishes> = {},
  ): Promise<readonly RenewalReport[]> {
    return runRenewals(await this.plan(wishes), this.parts(await this.scan(), changes), {
      concurrency: 4,
      onStep: (_, step: RenewalStep, where) => this.steps.push(where === undefined ? step : `${step} ${where}`),
      onDone: () => undefined,
    });
  }

  parts(estate: Estate, changes: Partial<RenewParts>): RenewParts {
    const { aws } = this.world;
    return {
      handshakes: this.handshakes(estate),
      clock: systemClock,
      sleep: (ms, signal) => sleep(Math.min(ms, 50), signal),
      waitMs: 5_000,
      engine: this.engine,
      zones: this.zones,
      pace: new OrderPace({ ordersPerHour: 1_000_000, clock: systemClock, sleep }),
      accessTo: () => aws,
      isCanary: () => false,
      unproved: false,
      graceMs: 0,
      newGeneration: () => `generation-${++this.generation}`,
      log: silentLogger,
      ...changes,
    };
  }

  /** One more address of this listener, which goes on serving what it has. */
  async addLaggingAddress(listenerArn: string, { leaf }: Held): Promise<void> {
    const server = createServer({ cert: leaf.leafPem + this.ca.intermediatePem, key: leaf.privateKeyPem });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.servers.push(server);
    this.lagging.set(listenerArn, { host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  }

  healLaggingAddresses(): void {
    this.lagging.clear();
  }

  showAll(): void {
    this.hidden.clear();
  }

  /** Nobody answers where this listener should be. */
  hide(listenerArn: string): void {
    this.hidden.add(listenerArn);
  }

  /** Trusts both CAs; knows where each listener's front end is. */
  handshakes(estate: Estate): HandshakeOptions {
    const roots = readFileSync(this.world.sandbox.files.rootsFile, "utf8");
    return {
      connectTo: this.connectTo(estate).map(parseConnectTo),
      trust: createSecureContext({ ca: [this.rootPem, roots] }),
    };
  }

  /** Where the front end of each listener is, as `--connect-to` takes it. */
  connectTo({ servingPoints }: Estate): string[] {
    return servingPoints.flatMap(({ id, hostName, port }) =>
      this.addressesOf(id).map(({ host, port: toPort }) => `${hostName.toLowerCase()}:${port}:${host}:${toPort}`),
    );
  }

  /** Something else is the front end of this listener, and not the sandbox's. */
  serveElsewhere(listenerArn: string, addresses: readonly FrontEndAddress[]): void {
    this.elsewhere.set(listenerArn, addresses);
  }

  /** Every address at which clients of a listener are served. */
  addressesOf(listenerArn: string): readonly FrontEndAddress[] {
    const { frontEnds } = this.world.sandbox.account;
    const real = this.elsewhere.get(listenerArn) ?? frontEnds.addresses().get(listenerArn) ?? [];
    const lagging = this.lagging.get(listenerArn);
    return [...(this.hidden.has(listenerArn) ? [nobody] : real), ...(lagging === undefined ? [] : [lagging])];
  }

  /** Of the paid CA. */
  get rootPem(): string {
    return this.ca.rootPem;
  }

  private get zones() {
    return [{ type: "edge_dns" as const, name: "example.gov" }];
  }

  /** Orders that the CA has taken so far. */
  orders(): number {
    return this.world.sandbox.acme.orders().length;
  }

  async close(): Promise<void> {
    for (const server of this.servers) server.close();
    await this.world.close();
  }
}
