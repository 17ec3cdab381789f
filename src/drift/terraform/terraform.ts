/**
 * The program `terraform`, or one that takes the same words, in the folder of a stack. What it says goes into files, not
 * into pipes: a terraform whose reader is gone would be ended by its next word, in the middle of an apply. It gets the
 * lock of the stack as well, so that nobody else begins before it has ended, whatever becomes of us.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { open, readFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { abortedError } from "../../platform/clock";
import { within } from "../../platform/deadline";
import { AppError, messageOf } from "../../platform/errors";
import { onAbort } from "../../platform/on-abort";
import { failureOf, type Ended } from "./failure-of";

export interface TerraformOptions {
  /** Name or path. */
  readonly program: string;
  /** Of the stack. */
  readonly folder: string;
  /** Private: what it says is kept there, one file for each command. */
  readonly outputFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the open lock file; it is inherited. */
  readonly lockDescriptor: number;
  /** How long terraform waits for its own lock of the state. */
  readonly lockSeconds: number;
  /** Of one command. */
  readonly timeoutMs: number;
  /** How long a command that was told to stop may take to do so; then it is killed. */
  readonly graceMs: number;
  /** Takes secrets out of what terraform said. */
  readonly hideSecrets: (text: string) => string;
}

/** Errors of all: `terraform_failed`, `locked` for its own lock, `timeout`, `aborted`, `missing_part`. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  async init(signal: AbortSignal): Promise<void> {
    await this.run("init", ["-input=false"], [0], signal);
  }

  /** Writes a plan there. Resolves to whether there is anything in it. */
  async plan(file: string, signal: AbortSignal): Promise<boolean> {
    const args = ["-input=false", "-detailed-exitcode", this.lockTimeout, `-out=${file}`];
    // Terraform, "Command: plan": 0 is an empty plan, 2 one that is not
    return (await this.run("plan", args, [0, 2], signal)) === 2;
  }

  /** A plan in JSON. It shows secrets, so it is handed over and kept nowhere. */
  show(file: string, signal: AbortSignal): Promise<string> {
    return this.output("show", ["-json", file], signal);
  }

  /** The state in JSON, with its secrets; empty where there is none. */
  pullState(signal: AbortSignal): Promise<string> {
    return this.output("state pull", [], signal);
  }

  /** That very plan; terraform refuses one whose state has changed since. */
  async apply(file: string, signal: AbortSignal): Promise<void> {
    await this.run("apply", ["-input=false", this.lockTimeout, file], [0], signal);
  }

  private get lockTimeout(): string {
    return `-lock-timeout=${this.options.lockSeconds}s`;
  }

  private async output(command: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    const chunks: Buffer[] = [];
    await this.run(command, args, [0], signal, (chunk) => chunks.push(chunk));
    return Buffer.concat(chunks).toString("utf8");
  }

  private async run(
    command: string,
    args: readonly string[],
    expected: readonly number[],
    signal: AbortSignal,
    onOutput?: (chunk: Buffer) => void,
  ): Promise<number> {
    const said = join(this.options.outputFolder, `${command}.txt`);
    const file = await open(said, "w", 0o600);
    try {
      const ended = await within(signal, this.options.timeoutMs, (limit) =>
        this.untilEnd([...command.split(" "), "-no-color", ...args], file, limit, onOutput),
      );
      if (ended.code !== null && expected.includes(ended.code)) return ended.code;
      throw failureOf(command, ended, await readFile(said, "utf8"), this.options.hideSecrets);
    } finally {
      await file.close();
    }
  }

  private untilEnd(
    args: readonly string[],
    file: FileHandle,
    signal: AbortSignal,
    onOutput: ((chunk: Buffer) => void) | undefined,
  ): Promise<Ended> {
    const { program, folder, environment, lockDescriptor, graceMs } = this.options;
    return new Promise((resolve, reject) => {
      if (signal.aborted) throw abortedError(signal);
      const child = spawn(program, args, {
        cwd: folder,
        env: { ...environment, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
        stdio: ["ignore", onOutput === undefined ? file.fd : "pipe", file.fd, lockDescriptor],
        // a group of its own: the terminal's Ctrl-C comes once, from us
        detached: true,
      });
      if (onOutput !== undefined) child.stdout?.on("data", onOutput);
      let stopped: AppError | undefined;
      let killer: NodeJS.Timeout | undefined;
      const forget = onAbort(signal, () => {
        stopped = abortedError(signal);
        child.kill("SIGINT");
        killer = setTimeout(() => killGroup(child), graceMs);
      });
      child.once("error", (error) => {
        forget();
        reject(notStarted(program, error));
      });
      child.once("close", (code, signalName) => {
        forget();
        clearTimeout(killer);
        if (stopped === undefined) resolve({ code, signal: signalName });
        else reject(stopped);
      });
    });
  }
}

/** With the providers that it started. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // it has just ended by itself
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function notStarted(program: string, error: Error): AppError {
  return new AppError("missing_part", `${program} cannot be started: ${messageOf(error)}`, {
    hint: "install Terraform 1.11 or later, or name the program with --terraform-bin",
    cause: error,
  });
}
