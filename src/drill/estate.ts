/** What a drill happens to: a sandbox, a load balancer with listeners, and our programs with their configuration. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../platform/errors";
import { writeWhole } from "../platform/report/write-whole";
import { mustHaveRun, mustRun, type ProgramResult } from "../platform/run-program";
import { shakeHands, type Handshake } from "../rollout/shake-hands";
import { calm as calmCa } from "../sandbox/acme-ca/faults";
import { startAcmeCa, type AcmeCa } from "../sandbox/acme-ca/start-acme-ca";
import { RequestGate } from "../sandbox/request-gate";
import { faultProfiles, type SandboxOptions } from "../sandbox/sandbox-options";
import { parseImportedMaterial } from "../sandbox/aws/acm/imported-material";
import { installSandboxPlugins } from "../sandbox/install-plugins";
import { startSandbox, type Sandbox } from "../sandbox/start-sandbox";
import { createThrowawayCa } from "../sandbox/throwaway-tls";
import { EstateMetrics } from "./estate-metrics";
import type { OwnProgram, OwnPrograms } from "./own-programs";
import type { ScrapeTarget } from "./prometheus";
import { startProxyProcess, type ProxyProcess } from "./proxy-process";

export const drillName = "app.example.gov";

/** Of manage-certs.yaml, beside what every drill has. */
type Configuration = Readonly<Record<string, unknown>>;

export interface EstateOptions {
  readonly folder: string;
  readonly programs: OwnPrograms;
  readonly sandbox?: Partial<SandboxOptions>;
  /** `PATH` of what is run. */
  readonly path: string;
  /** Of our own build, as `unexpired provider install` has it. */
  readonly bundlesFolder: string;
  readonly version: string;
}

/** A listener, its port, and a name that clients ask it for. */
interface Served {
  readonly listenerArn: string;
  readonly port: number;
  readonly name: string;
}

export class DrillEstate {
  private readonly served: Served[] = [];
  private readonly roots: string[] = [];
  private readonly closing: (() => Promise<unknown>)[] = [];
  private readonly more: Record<string, unknown> = {};
  /** What Prometheus asks beside the metrics of the estate, by job. */
  readonly targets: Record<string, ScrapeTarget> = {};

  private constructor(
    readonly sandbox: Sandbox,
    /** The second CA, which no fault reaches. */
    private readonly backup: AcmeCa,
    private readonly options: EstateOptions,
  ) {}

  static async start(options: EstateOptions): Promise<DrillEstate> {
    const { folder, sandbox: changes } = options;
    for (const name of ["sandbox", "home", "metrics"]) await mkdir(join(folder, name), { recursive: true });
    const sandbox = await startSandbox({ folder: join(folder, "sandbox"), faults: faultProfiles.calm, ...changes });
    try {
      const gate = new RequestGate();
      const backup = await startAcmeCa({ dnsServer: sandbox.dns, gate, faults: calmCa });
      const estate = new DrillEstate(sandbox, backup, options);
      await estate.write("backup-ca.pem", backup.caPem);
      await estate.trust(backup.roots);
      return estate;
    } catch (error) {
      await sandbox.close();
      throw error;
    }
  }

  /** Ended with the estate, the latest first. */
  onClose(close: () => Promise<unknown>): void {
    this.closing.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.closing.splice(0).reverse()) await close();
    await this.backup.close();
    await this.sandbox.close();
  }

  /** Below the drill's folder, where every program is run. */
  file(name: string): string {
    return join(this.options.folder, name);
  }

  /** It gives the file's path. */
  async write(name: string, text: string): Promise<string> {
    await writeWhole(this.file(name), text);
    return this.file(name);
  }

  /** What clients of this estate take for trusted, beside the sandbox's own. */
  async trust(roots: readonly string[]): Promise<void> {
    this.roots.push(...roots);
    await this.write("roots.pem", [...this.sandbox.acme.roots, ...this.roots].join("\n"));
  }

  /** The sandbox's CA, with more said of it, and the second one. */
  issuers(more: Configuration = {}): readonly Configuration[] {
    const { acme, files } = this.sandbox;
    return [
      { name: "sandbox", directoryUrl: acme.directoryUrl, caFile: files.acmeCaFile, ...more },
      { name: "backup", directoryUrl: this.backup.directoryUrl, caFile: this.file("backup-ca.pem") },
    ];
  }

  get nameServers(): readonly string[] {
    return this.sandbox.dns.servers.map(({ host, port }) => `${host}:${port}`);
  }

  /** Changes `manage-certs.yaml`. */
  async configure(changes: Configuration = {}): Promise<void> {
    Object.assign(this.more, changes);
    const { files } = this.sandbox;
    const config = {
      zones: [{ name: "example.gov" }],
      issuers: this.issuers(),
      issuer: "sandbox",
      edgeDns: { edgerc: files.edgerc, caFile: files.edgeDnsCaFile },
      nameServers: this.nameServers,
      limits: { graceHours: 0 },
      verify: { roots: this.file("roots.pem"), connectTo: this.connectTo(), waitSeconds: 10 },
      ...this.more,
    };
    // JSON is YAML
    await this.write("manage-certs.yaml", JSON.stringify(config, null, 2));
  }

  /** Orders a certificate and puts it on a new listener at each of these ports. It gives the certificate's ARN. */
  async serve(name: string, ports: readonly number[], ...flags: readonly string[]): Promise<string> {
    await this.configure();
    const { stdout } = await this.must("manage-certs", "issue", name, "--apply", "--json", ...flags);
    const { issuance } = JSON.parse(stdout) as { readonly issuance: { readonly outcome: { readonly arn: string } } };
    const region = this.sandbox.account.region();
    const loadBalancerArn = this.sandbox.loadBalancers.get("web") ?? "";
    for (const port of ports) {
      const { arn } = region.elb.createListener(loadBalancerArn, {
        protocol: "HTTPS",
        port,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        defaultCertificateArn: issuance.outcome.arn,
        alpnPolicy: [],
        defaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "200" } }],
      });
      await region.listenerChanged(arn);
      this.serves({ listenerArn: arn, port, name });
    }
    await this.configure();
    return issuance.outcome.arn;
  }

  /** Somebody imports a certificate for this name over another one, by hand, from a CA that no client knows. */
  async importUntrusted(name: string, arn: string): Promise<void> {
    const region = this.sandbox.account.region();
    const now = new Date();
    const { certPem, keyPem } = await (await createThrowawayCa()).issue([name]);
    const blobs = { certificate: Buffer.from(certPem), chain: undefined, privateKey: Buffer.from(keyPem) };
    region.acm.reimport(region.acm.get(arn), parseImportedMaterial(blobs, now), now);
    await region.certificateChanged(arn);
  }

  /** akamai-dns-proxy before the zone, whose client team-web may do what `grants` say. Prometheus asks it, too. */
  async startProxy(grants: readonly string[]): Promise<ProxyProcess> {
    const folder = this.file("proxy");
    await mkdir(folder);
    const program = this.options.programs.file("akamai-dns-proxy");
    const { sandbox, options } = this;
    const env = { PATH: options.path, HOME: this.file("home") };
    const proxy = await startProxyProcess({ folder, sandbox, program, grants, env });
    this.onClose(() => proxy.stop());
    this.targets["akamai-dns-proxy"] = { address: proxy.address, caFile: proxy.caFile };
    return proxy;
  }

  /** A listener that somebody else made has to serve this name. */
  serves(served: Served): void {
    this.served.push(served);
  }

  /** What clients of each listener get. Errors: `handshake_failed` where one gets what it does not take. */
  handshakes(): Promise<Handshake[]> {
    const ca = [...this.sandbox.acme.roots, ...this.roots].join("\n");
    return Promise.all(
      this.served.map(({ listenerArn, name }) => shakeHands({ ...this.addressOf(listenerArn), serverName: name, ca })),
    );
  }

  /** Looks at the estate as it is now. */
  async look(): Promise<void> {
    const { stdout } = await this.run("manage-certs", "scan", "--json", "--metrics", "metrics/scan.prom");
    await this.write("scan.json", stdout);
  }

  /** What is known of the estate, as metrics. `timeScale`: what the hours of service levels are divided by. */
  metrics(timeScale: number): EstateMetrics {
    const metrics = new EstateMetrics({
      ledger: this.file("ledger.jsonl"),
      scan: this.file("scan.json"),
      runs: this.file("state/drift/runs"),
      folder: this.file("metrics"),
      cloudTrail: this.file("trail.json"),
      keyAccess: { principals: ["*:role/manage-certs"] },
      timeScale,
    });
    this.onClose(() => metrics.close());
    return metrics;
  }

  /** Renews by a run like that of every night. Its result is for the drill to judge. */
  renew(...flags: readonly string[]): Promise<ProgramResult> {
    return this.run("manage-certs", "renew", "--apply", "--within", "9999d", ...flags);
  }

  run(program: OwnProgram, ...args: readonly string[]): Promise<ProgramResult> {
    return this.options.programs.run(program, args, { cwd: this.options.folder, env: this.environment() });
  }

  /** Error: `internal` with the end of what it said, at an exit code other than 0. */
  async must(program: OwnProgram, ...args: readonly string[]): Promise<ProgramResult> {
    return mustHaveRun(`${program} ${args[0] ?? ""}`, await this.run(program, ...args));
  }

  /** Another program than ours, in the same way. */
  async mustOther(command: string, ...args: readonly string[]): Promise<ProgramResult> {
    return mustRun(command, args, { cwd: this.options.folder, env: this.environment() });
  }

  /** Lets terraform find our provider and the stand-in for AWS's. */
  async installProviders(): Promise<void> {
    const { bundlesFolder, version } = this.options;
    await installSandboxPlugins({ mirror: this.file("mirror"), bundlesFolder, version });
  }

  private environment(): Readonly<Record<string, string>> {
    const { endpointUrl, region, accessKeyId, secretAccessKey } = this.sandbox.aws;
    return {
      PATH: this.options.path,
      HOME: this.file("home"),
      AWS_ENDPOINT_URL: endpointUrl,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
      UNEXPIRED_LEDGER: this.file("ledger.jsonl"),
      UNEXPIRED_STATE_DIR: this.file("state"),
      UNEXPIRED_ACTOR: "drill",
      TF_CLI_CONFIG_FILE: this.file("terraform.tfrc"),
      CHECKPOINT_DISABLE: "1",
    };
  }

  /** As curl takes it: where each port of a listener really is. */
  connectTo(): readonly string[] {
    return this.served.map(({ listenerArn, port }) => {
      const address = this.addressOf(listenerArn);
      return `:${port}:${address.host}:${address.port}`;
    });
  }

  private addressOf(listenerArn: string): { readonly host: string; readonly port: number } {
    const address = this.sandbox.account.frontEnd(listenerArn);
    if (address === undefined) throw new AppError("internal", `${listenerArn} is served nowhere`);
    return address;
  }
}
