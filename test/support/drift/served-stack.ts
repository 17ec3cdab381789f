/**
 * `drift-check serve` as a process, for one stack, every second. In place of terraform there is a program that says what
 * real terraform said of a plan that needs approval, or takes its time where a file says so.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unbuilt } from "../unbuilt";
import { until } from "../until";
import { waitForFile } from "../wait-for-file";
import { recordedText } from "./recorded-plan";

const program = resolve(__dirname, "../../../src/bin/drift-check.ts");

/** It waits where a file says so, and ends when it is told to, as terraform does. */
const terraform = `#!/bin/sh
if test "$1" = plan && test -e ../slow; then
  trap 'touch ../told; exit 1' INT
  touch ../waiting
  while :; do sleep 0.05; done
fi
case "$1" in
  plan) for word; do case "$word" in -out=*) touch "\${word#-out=}" ;; esac; done; exit 2 ;;
  show) cat ../plan.json ;;
  state) echo '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"a","outputs":{},"resources":[]}' ;;
esac
`;

export class ServedStack {
  private output = "";
  private port = 0;

  private constructor(
    readonly folder: string,
    readonly daemon: ChildProcess,
  ) {
    daemon.stdout?.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<ServedStack> {
    const folder = mkdtempSync(join(tmpdir(), "drift-serve-"));
    mkdirSync(join(folder, "web"));
    const plan = recordedText("a security group of the load balancer");
    const now = new Date().toISOString();
    writeFileSync(join(folder, "plan.json"), plan.replace(/"timestamp": ?"[^"]*"/, `"timestamp":"${now}"`));
    writeFileSync(join(folder, "terraform.sh"), terraform, { mode: 0o755 });
    writeFileSync(join(folder, "drift-check.yaml"), "stacks: [{ name: web, folder: web }]");
    const readyFile = join(folder, "ready.json");
    const often = ["--schedule", "* * * * * *", "--jitter", "0s", "--listen", "127.0.0.1:0"];
    const own = ["--terraform-bin", join(folder, "terraform.sh"), "--ready-file", readyFile];
    const daemon = spawn(process.execPath, [...unbuilt, program, "serve", ...often, ...own], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, UNEXPIRED_STATE_DIR: join(folder, "state"), ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const served = new ServedStack(folder, daemon);
    ({ port: served.port } = JSON.parse(await waitForFile(readyFile, daemon)) as { port: number });
    return served;
  }

  configure(config: string): void {
    writeFileSync(join(this.folder, "drift-check.yaml"), config);
  }

  /** Every plan from now on takes until it is told to stop. */
  async untilInSlowPlan(): Promise<void> {
    writeFileSync(join(this.folder, "slow"), "");
    await until(() => existsSync(join(this.folder, "waiting")));
  }

  get wasTerraformTold(): boolean {
    return existsSync(join(this.folder, "told"));
  }

  /** What it has logged. */
  lines(): readonly Readonly<Record<string, unknown>>[] {
    return this.output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  }

  said(message: string): boolean {
    return this.output.includes(`"message":"${message}`);
  }

  /** How many runs have ended. */
  runs(): number {
    return this.output.split('"message":"run ended"').length - 1;
  }

  get(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`);
  }

  close(): void {
    this.daemon.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
