/**
 * A sandbox, akamai-dns-proxy before its Edge DNS, and one estate that needs every call a renewal makes: a certificate
 * renewed under its ARN with names in both DNS services, and one that a successor replaces, each as default and by SNI
 * beside a stranger's. Every run is as of a new process. Waits between tries are cut short, all else is as it is.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AwsAccess } from "../../../src/aws/aws-access";
import { generationTag } from "../../../src/issuance/certificate-tags";
import type { ChallengeZone } from "../../../src/issuance/challenge-zone";
import { Engine } from "../../../src/issuance/engine";
import { planRenewals } from "../../../src/manage-certs/renew/plan-renewals";
import { preflight } from "../../../src/manage-certs/renew/preflight";
import { runRenewals, type RenewalReport } from "../../../src/manage-certs/renew/run-renewals";
import { askCas } from "../../../src/manage-certs/scan/ask-cas";
import type { Estate } from "../../../src/manage-certs/scan/estate";
import { scanEstate } from "../../../src/manage-certs/scan/scan-estate";
import { sleep, systemClock, type Sleep } from "../../../src/platform/clock";
import { noRateLimits } from "../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import type { HostedZone } from "../../../src/sandbox/aws/route53/hosted-zone";
import type { GateTrap, SandboxPartName } from "../../../src/sandbox/request-gate";
import { faultProfiles, type SandboxFaults, type SandboxOptions } from "../../../src/sandbox/sandbox-options";
import { RenewWorld, withDaysLeft, type Held } from "../renew-world";
import { EstateProxy } from "./estate-proxy";

/** Long enough for an idle sandbox on a busy machine. */
const requestTimeoutMs = 2_500;

const hurried: Sleep = (ms, signal) => sleep(Math.min(ms, 20), signal);

export interface FaultyRun {
  /** Set before the scan, and taken away once there is a plan. */
  readonly inScan?: readonly GateTrap[];
  /** Set once there is a plan. */
  readonly inRenewal?: readonly GateTrap[];
  /** Called once there is a plan. What it returns is called at the end of the run. */
  readonly planned?: (world: FaultWorld) => Promise<void> | (() => void);
  /** Whether each certificate is tried on its first listener before. */
  readonly canary?: boolean;
  /** Certificates at once. @default 1 */
  readonly concurrency?: number;
}

export interface EndedRun {
  readonly failures: Estate["failures"];
  readonly reports: readonly RenewalReport[];
  /** What was asked of each part, in order. */
  readonly asked: (part: SandboxPartName) => readonly string[];
}

/** What is left of a run, with names in place of what is new each time. */
export interface Inventory {
  readonly certificates: readonly string[];
  readonly listeners: Readonly<Record<string, readonly string[]>>;
  readonly challengeValues: readonly string[];
  readonly journal: readonly string[];
}

export class FaultWorld {
  private listeners: Readonly<Record<string, string>> = {};
  private before = new Map<string, string>();
  private ordersBefore = 0;

  private constructor(
    readonly renew: RenewWorld,
    readonly proxy: EstateProxy,
    private readonly hosted: HostedZone,
    private readonly faults: SandboxFaults,
  ) {}

  static async start(options: Partial<SandboxOptions> = {}): Promise<FaultWorld> {
    const renew = await RenewWorld.start({
      zones: [{ name: "example.gov" }],
      loadBalancers: [],
      rateLimits: noRateLimits,
      ...options,
    });
    const { sandbox, folder } = renew.world;
    const { zone } = sandbox.account.hostedZones.create({ name: "example.org", callerReference: "estate" });
    const proxy = await EstateProxy.start(sandbox, folder);
    return new FaultWorld(renew, proxy, zone, options.faults ?? faultProfiles.calm);
  }

  get sandbox() {
    return this.renew.world.sandbox;
  }

  /** The estate as it is before anything is renewed. */
  async reset(): Promise<void> {
    await this.clear();
    const { renew } = this;
    const same = await renew.importPaid({
      names: ["app.example.gov", "*.app.example.gov", "app.example.org"],
      ...withDaysLeft(3),
    });
    const moved = await renew.importPaid({
      names: ["moved.example.gov"],
      keyUsage: ["digitalSignature", "dataEncipherment"],
      ...withDaysLeft(4),
    });
    const foreign = await renew.importPaid({ names: ["foreign.example.gov"], ...withDaysLeft(80) });
    this.listeners = {
      first: await renew.listener("first", same.arn, foreign.arn),
      second: await renew.listener("second", foreign.arn, same.arn, moved.arn),
      third: await renew.listener("third", moved.arn),
    };
    this.remember([same, moved, foreign]);
  }

  /** In place of that estate, so many certificates that are due, each on a listener of its own. */
  async resetToDue(count: number): Promise<void> {
    await this.clear();
    const held: Held[] = [];
    this.listeners = {};
    for (let index = 0; index < count; index++) {
      const due = await this.renew.importPaid({ names: [`due-${index}.example.gov`], ...withDaysLeft(3) });
      held.push(due);
      await this.renew.listener(`due-${index}`, due.arn);
    }
    this.remember(held);
  }

  /** Nothing fails any more. */
  async heal(): Promise<void> {
    this.sandbox.setFaults(this.faults);
    await this.proxy.startAgain();
  }

  /** Orders that the CA has taken since the reset. */
  orders(): number {
    return this.renew.orders() - this.ordersBefore;
  }

  async run(run: FaultyRun = {}): Promise<EndedRun> {
    const { gate, aws } = this.sandbox;
    const from = gate.history.length;
    const set = (wanted: readonly GateTrap[] = []) => wanted.map((trap) => gate.set(trap));
    const traps = set(run.inScan);
    let undo: (() => void) | undefined | void;
    const release = () => traps.splice(0).forEach((trap) => trap.release());
    const { endpointUrl, region, accessKeyId, secretAccessKey } = aws;
    const access = new AwsAccess(
      { region, endpointUrl, credentials: { accessKeyId, secretAccessKey } },
      { pace: false, sleep: hurried, requestTimeoutMs, throttleTimeoutMs: 4_000 },
    );
    const engine = this.newEngine(access);
    const asking = askCas({
      issuers: [this.issuer],
      cacheFolder: join(this.renew.world.folder, "ari"),
      clock: systemClock,
    });
    try {
      const own = { name: "own", access, homeRegion: region };
      const options = { accounts: [own], regions: [region], clock: systemClock, askRenewalInfo: asking };
      const estate = await scanEstate(options);
      const { zones } = this;
      const planned = await preflight(planRenewals(estate, { only: [] }, this.renew.config()), { engine, zones });
      release();
      undo = await run.planned?.(this);
      traps.push(...set(run.inRenewal));
      const parts = this.renew.parts(estate, {
        ...{ engine, zones, sleep: hurried, waitMs: 1_000, accessTo: () => access },
        isCanary: ({ name }) => run.canary === true && name !== "second:443",
      });
      const quiet = { onStep: () => undefined, onDone: () => undefined };
      const reports = await runRenewals(planned, parts, { concurrency: run.concurrency ?? 1, ...quiet });
      const seen = gate.history.slice(from);
      const asked = (part: SandboxPartName) =>
        seen.flatMap((request) => (request.part === part ? [request.operation] : []));
      return { failures: estate.failures, reports, asked };
    } finally {
      release();
      undo?.();
      access.close();
      await asking.close();
    }
  }

  async inventory(): Promise<Inventory> {
    const { acm, elb } = this.sandbox.account.region();
    const { account, zones } = this.sandbox;
    const labelOf = (arn: string) => {
      const { info } = acm.get(arn).material ?? {};
      const age = info?.serial === this.before.get(arn) ? "as before" : "new";
      return `${info?.names.join() ?? "none"}: ${age}, ${this.before.has(arn) ? "same ARN" : "new ARN"}`;
    };
    const tagsOf = (tags: ReadonlyMap<string, string>) =>
      [...tags].filter(([key]) => key !== generationTag).map(([key, value]) => `${key}=${value}`);
    const values = [...zones.recordSets("example.gov"), ...account.hostedZones.get(this.hosted.facts.id).served()];
    return {
      certificates: acm
        .all()
        .map(({ arn, tags }) => [labelOf(arn), ...tagsOf(tags).sort()].join(" "))
        .sort(),
      listeners: Object.fromEntries(
        Object.entries(this.listeners).map(([name, arn]) => {
          const { defaultCertificateArn = "", sniCertificateArns } = elb.getListener(arn);
          return [name, [labelOf(defaultCertificateArn), ...sniCertificateArns.map(labelOf).sort()]];
        }),
      ),
      challengeValues: values.filter(({ type }) => type === "TXT").map(({ name }) => name),
      journal: readdirSync(this.renew.world.folder).includes("journal")
        ? readdirSync(join(this.renew.world.folder, "journal"))
        : [],
    };
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.renew.close();
  }

  private get issuer() {
    return this.renew.config().issuer ?? { directoryUrl: "" };
  }

  get zones(): readonly ChallengeZone[] {
    return [
      { type: "edge_dns", name: "example.gov" },
      { type: "route53", name: "example.org", id: this.hosted.facts.id },
    ];
  }

  /** What is left behind in the journal is another process's. */
  private newEngine(access: AwsAccess): Engine {
    const { sandbox, folder } = this.renew.world;
    const settings = {
      region: sandbox.aws.region,
      edgeDns: this.proxy.edgeDns,
      accountPlace: { kind: "file" as const, folder: join(folder, "accounts") },
      nameServers: sandbox.dns.servers.map(({ host, port }) => `${host}:${port}`),
      journalFolder: join(folder, "journal"),
      environment: {},
      homeFolder: folder,
    };
    const journal = { processStart: new Date() };
    return new Engine(settings, { sleep: hurried, requestTimeoutMs, openAws: () => access, journal });
  }

  private remember(held: readonly Held[]): void {
    this.before = new Map(held.map(({ arn, serial }) => [arn, serial]));
    this.ordersBefore = this.renew.orders();
    this.sandbox.gate.history.length = 0;
  }

  private async clear(): Promise<void> {
    this.sandbox.setFaults(this.faults);
    const region = this.sandbox.account.region();
    const { acm, elb } = region;
    const now = new Date();
    for (const listener of [...elb.listeners.values()]) {
      elb.deleteListener(listener, now);
      await region.listenerChanged(listener.arn);
    }
    elb.loadBalancers.clear();
    for (const record of acm.all()) acm.delete(record, now);
  }
}
