/** Other programs, run to their end or ended. */
import { spawn, type ChildProcess } from "node:child_process";
import { AppError } from "./errors";

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. Rejects where it cannot be started; any exit code is a result. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
  });
}

/** As `runProgram`. Error: `internal` with the end of what the program said, at an exit code other than 0. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  return mustHaveRun(`${command} ${args.slice(0, 2).join(" ")}`, await runProgram(command, args, options));
}

/** The same for a program that has ended; `what` is its name. */
export function mustHaveRun(what: string, result: ProgramResult): ProgramResult {
  if (result.exitCode === 0) return result;
  const said = (result.stderr.trim() || result.stdout.trim()).split("\n").slice(-25).join("\n");
  throw new AppError("internal", `${what} ended with exit code ${result.exitCode}:\n${said}`);
}

/** Ends a program that runs, and waits until it is gone. */
export async function stopProgram(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("close", resolve));
  child.kill(signal);
  await gone;
}
