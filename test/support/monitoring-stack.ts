/** Debian's Prometheus and Alertmanager on loopback, with our rules and routes, what they scrape, and whom they tell. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { prometheusRules } from "../../src/alerts/prometheus-rules";

type Labels = Readonly<Record<string, string>>;

export interface ToldAlert {
  readonly status: "firing" | "resolved";
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** What a receiver was sent, as Alertmanager's webhooks have it. */
export interface Notification {
  readonly receiver: string;
  readonly status: "firing" | "resolved";
  readonly groupLabels: Labels;
  readonly alerts: readonly ToldAlert[];
}

/** An alert that Alertmanager has. */
export interface HeldAlert {
  readonly labels: Labels;
  readonly status: { readonly state: string; readonly inhibitedBy: string[]; readonly silencedBy: string[] };
}

interface Sample {
  readonly metric: Labels;
  readonly values: readonly (readonly [number, string])[];
}

export interface MonitoringOptions {
  /** What is told by each job; undefined does not answer. */
  readonly jobs: Readonly<Record<string, () => string | undefined>>;
  /** What spans of time in rules and routes are divided by. */
  readonly timeScale: number;
}

/** Between two scrapes, and two looks at the rules. */
const interval = "1s";

const shipped = readFileSync(join(__dirname, "../../monitoring/alertmanager/alertmanager.yaml"), "utf8");

export class MonitoringStack {
  /** In the order of their coming. */
  readonly notifications: Notification[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "monitoring-"));
  private readonly server: Server;
  private alertmanager?: Program;
  private prometheus?: Program;

  private constructor({ jobs }: MonitoringOptions) {
    this.server = createServer((request, response) => {
      const [, kind, name = ""] = request.url?.split("/") ?? [];
      let body = "";
      request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      request.on("end", () => {
        if (kind === "told") this.notifications.push(JSON.parse(body) as Notification);
        const text = kind === "told" ? "" : jobs[name]?.();
        response.writeHead(text === undefined ? 503 : 200, { "content-type": "text/plain; version=0.0.4" }).end(text);
      });
    });
  }

  static async start(options: MonitoringOptions): Promise<MonitoringStack> {
    const stack = new MonitoringStack(options);
    try {
      await once(stack.server.listen(0, "127.0.0.1"), "listening");
      await stack.startAlertmanager();
      await stack.startPrometheus(options);
    } catch (error) {
      await stack.close();
      throw error;
    }
    return stack;
  }

  get alertmanagerUrl(): string {
    return `http://${this.alertmanager?.address ?? ""}`;
  }

  /** What a receiver was sent. */
  told(receiver: "page" | "ticket"): Notification[] {
    return this.notifications.filter((each) => each.receiver === receiver);
  }

  /** Series of the last minutes, with their times in seconds. */
  async series(selector: string): Promise<readonly Sample[]> {
    const query = encodeURIComponent(`${selector}[10m]`);
    const answer = await fetch(`http://${this.prometheus?.address ?? ""}/api/v1/query?query=${query}`);
    return ((await answer.json()) as { data: { result: readonly Sample[] } }).data.result;
  }

  /** What Alertmanager has, whatever it does with it. */
  async held(): Promise<readonly HeldAlert[]> {
    return (await (await fetch(`${this.alertmanagerUrl}/api/v2/alerts`)).json()) as readonly HeldAlert[];
  }

  /** What amtool prints. */
  amtool(...args: string[]): string {
    const all = [...args, `--alertmanager.url=${this.alertmanagerUrl}`];
    const { status, stdout, stderr } = spawnSync("amtool", all, { encoding: "utf8" });
    if (status !== 0) throw new Error(`amtool ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout.trim();
  }

  /** Gives the route of the proxy's maintenance other times, as somebody who edits the file. */
  async muteProxy(times: readonly object[]): Promise<void> {
    this.writeRoutes(times);
    const answer = await fetch(`${this.alertmanagerUrl}/-/reload`, { method: "POST" });
    if (!answer.ok) throw new Error(`reload: ${await answer.text()}`);
  }

  /** Whether Alertmanager's log has this. */
  hasLogged(text: string): boolean {
    return this.alertmanager?.output.includes(text) ?? false;
  }

  async close(): Promise<void> {
    await Promise.all([this.prometheus?.stop(), this.alertmanager?.stop()]);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startAlertmanager(): Promise<void> {
    this.writeRoutes([]);
    const storage = `--storage.path=${join(this.folder, "alertmanager")}`;
    const flags = ["--config.file=alertmanager.yaml", storage, "--cluster.listen-address=", "--log.level=debug"];
    this.alertmanager = new Program("prometheus-alertmanager", flags, this.folder);
    await this.alertmanager.listening();
  }

  private async startPrometheus({ jobs, timeScale }: MonitoringOptions): Promise<void> {
    const configuration = {
      global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
      rule_files: ["unexpired.rules.yaml"],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [this.alertmanager?.address] }] }] },
      scrape_configs: Object.keys(jobs).map((name) => ({
        job_name: name,
        metrics_path: `/metrics/${name}`,
        static_configs: [{ targets: [this.address] }],
      })),
    };
    writeFileSync(join(this.folder, "unexpired.rules.yaml"), prometheusRules({ timeScale }));
    writeFileSync(join(this.folder, "prometheus.yaml"), stringify(configuration));
    const storage = `--storage.tsdb.path=${join(this.folder, "prometheus")}`;
    this.prometheus = new Program("prometheus", ["--config.file=prometheus.yaml", storage], this.folder);
    await this.prometheus.listening();
  }

  private get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The routes that we ship; receivers are ours, and nobody waits. */
  private writeRoutes(proxyMaintenance: readonly object[]): void {
    const hasty = shipped
      .replace(/group_wait: .*/g, "group_wait: 1s")
      .replace(/group_interval: .*/g, "group_interval: 1s");
    const configuration = {
      ...(parse(hasty) as object),
      time_intervals: [{ name: "proxy-maintenance", time_intervals: proxyMaintenance }],
      receivers: ["page", "ticket"].map((name) => ({
        name,
        webhook_configs: [{ url: `http://${this.address}/told/${name}` }],
      })),
    };
    writeFileSync(join(this.folder, "alertmanager.yaml"), stringify(configuration));
  }
}

/** One of the two, on a port that the system chose. */
class Program {
  output = "";
  address?: string;
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(name: string, flags: readonly string[], folder: string) {
    this.child = spawn(name, [...flags, "--web.listen-address=127.0.0.1:0"], { cwd: folder });
    this.ended = once(this.child, "close").catch((error: Error) => (this.output += error.message));
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** Both tell their address, and take requests when they are ready. */
  async listening(): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      if (this.child.exitCode !== null || this.child.pid === undefined) break;
      [, this.address] = /"Listening on" address=(\S+)/.exec(this.output) ?? [];
      if (this.address !== undefined && (await this.isReady())) return;
      await pause(50);
    }
    throw new Error(`it does not listen: ${this.output}`);
  }

  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`http://${this.address ?? ""}/-/ready`)).ok;
    } catch {
      return false;
    }
  }
}
