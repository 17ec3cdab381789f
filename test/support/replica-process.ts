import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { RunningProxy } from "../../src/proxy/start-proxy";
import { unbuilt } from "./unbuilt";

export interface ReplicaProcessOptions {
  readonly policyFile: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Waits between tries, and after a replica that died, are so many times shorter. @default 200 */
  readonly haste?: number;
}

/** A proxy that can be killed. */
export class ReplicaProcess implements RunningProxy {
  private constructor(
    readonly host: string,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  static async start({ policyFile, environment, haste = 200 }: ReplicaProcessOptions): Promise<ReplicaProcess> {
    const child = fork(join(__dirname, "replica-process-main.ts"), [policyFile, String(haste)], {
      execArgv: [...unbuilt],
      env: { PATH: process.env.PATH, ...environment },
    });
    const ready = once(child, "message") as Promise<[{ host: string; port: number }]>;
    const ended = once(child, "exit").then(() => Promise.reject(new Error("the replica ended before it was ready")));
    ended.catch(() => undefined);
    const [{ host, port }] = await Promise.race([ready, ended]);
    return new ReplicaProcess(host, port, child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** SIGKILL: no request in work is finished, nothing is let go of. Resolves when the process is gone. */
  async kill(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }

  async reload(): Promise<void> {
    const answered = once(this.child, "message");
    this.child.send("reload");
    await answered;
  }

  async close(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, "exit");
    this.child.send("close");
    await ended;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
