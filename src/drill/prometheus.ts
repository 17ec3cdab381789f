/** Real Prometheus on loopback, with the alert rules of monitoring/, for as long as a drill takes. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../platform/free-port";
import { stringify } from "yaml";
import { sleep } from "../platform/clock";
import { AppError } from "../platform/errors";
import { HttpClient } from "../platform/http";
import { stopProgram } from "../platform/run-program";

export interface PrometheusOptions {
  /** Of its own; data and configuration go there. */
  readonly folder: string;
  /** A rule file. */
  readonly rules: string;
  /** What serves `/metrics`, by job. */
  readonly targets: Readonly<Record<string, ScrapeTarget>>;
  /** How often it scrapes and evaluates. */
  readonly scrapeSeconds: number;
  readonly path: string;
}

export interface ScrapeTarget {
  /** host:port */
  readonly address: string;
  /** Of its CA, where it is asked by TLS. */
  readonly caFile?: string;
}

/** How often another port is tried where somebody was faster, and how long one start may take. */
const starts = 5;
const patienceMs = 60_000;
const pauseMs = 200;

export class Prometheus {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly client: HttpClient,
    /** How many there are. */
    private readonly targets: number,
  ) {}

  /** Error: `internal` where it does not start. */
  static async start(options: PrometheusOptions): Promise<Prometheus> {
    const { folder, rules, targets, scrapeSeconds } = options;
    const interval = `${scrapeSeconds}s`;
    const configuration = {
      global: { scrape_interval: interval, evaluation_interval: interval, scrape_timeout: interval },
      rule_files: ["rules.yaml"],
      scrape_configs: Object.entries(targets).map(([job, { address, caFile }]) => ({
        job_name: job,
        static_configs: [{ targets: [address] }],
        ...(caFile !== undefined && { scheme: "https", tls_config: { ca_file: caFile } }),
      })),
    };
    await writeFile(join(folder, "rules.yaml"), rules);
    await writeFile(join(folder, "prometheus.yaml"), stringify(configuration));
    for (let tries = 1; ; tries++) {
      const started = await this.tryToStart(options);
      if (started instanceof Prometheus) return started;
      if (tries === starts) throw new AppError("internal", `prometheus does not start:\n${started}`);
    }
  }

  /** Names of the alerts that fire. */
  async firing(): Promise<readonly string[]> {
    const { alerts } = await this.ask<{
      readonly alerts: readonly { readonly state: string; readonly labels: { readonly alertname: string } }[];
    }>("alerts");
    return alerts.filter(({ state }) => state === "firing").map(({ labels }) => labels.alertname);
  }

  /** Since when it has what every target tells; undefined while one has not answered. It begins seconds after its start. */
  async lastScrape(): Promise<Date | undefined> {
    const { activeTargets } = await this.ask<{
      readonly activeTargets: readonly { readonly health: string; readonly lastScrape: string }[];
    }>("targets");
    if (activeTargets.length < this.targets || activeTargets.some(({ health }) => health !== "up")) return undefined;
    return new Date(Math.min(...activeTargets.map(({ lastScrape }) => Date.parse(lastScrape))));
  }

  async stop(): Promise<void> {
    await this.client.close();
    await stopProgram(this.child);
  }

  /** What it complained about where it does not run. */
  private static async tryToStart({ folder, path, targets }: PrometheusOptions): Promise<Prometheus | string> {
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      "prometheus",
      [
        `--config.file=${join(folder, "prometheus.yaml")}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        `--web.listen-address=${address}`,
        "--log.level=warn",
      ],
      { cwd: folder, env: { PATH: path }, stdio: ["ignore", "ignore", "pipe"] },
    );
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    const gone = once(child, "close").then(() => "gone" as const);
    const client = new HttpClient({ timeoutMs: 5_000 });
    const started = new Prometheus(child, `http://${address}`, client, Object.keys(targets).length);
    for (let waited = 0; waited < patienceMs; waited += pauseMs) {
      if (await started.isReady()) return started;
      if ((await Promise.race([gone, sleep(pauseMs)])) === "gone") break;
    }
    await started.stop();
    return complaint.trim();
  }

  private async ask<Data>(what: string): Promise<Data> {
    const { body } = await this.client.send({ method: "GET", url: `${this.url}/api/v1/${what}` });
    return (JSON.parse(body) as { readonly data: Data }).data;
  }

  private async isReady(): Promise<boolean> {
    return this.client.send({ method: "GET", url: `${this.url}/-/ready` }).then(
      ({ status }) => status === 200,
      () => false,
    );
  }
}
