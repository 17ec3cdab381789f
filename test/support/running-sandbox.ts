/** The command `unexpired` as it was built last, and its sandbox as a process of its own. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ReadyFile } from "../../src/sandbox/ready-file";

export const unexpiredProgram = resolve(__dirname, "../../dist/src/bin/unexpired.js");

/** What to run, and its arguments. */
export function commandOf(...args: readonly string[]): [command: string, ...args: string[]] {
  return [process.execPath, unexpiredProgram, ...args];
}

export interface RunningSandbox {
  readonly ready: ReadyFile;
  readonly readyFile: string;
  stdout(): string;
  stderr(): string;
  /** Resolves to its exit code. */
  end(signal: "SIGINT" | "SIGTERM"): Promise<number | null>;
}

export interface RunningSandboxOptions {
  /** Gets the ready file. */
  readonly folder: string;
  readonly args?: readonly string[];
}

/** Resolves once it says that it is up. */
export async function runningSandbox({ folder, args = [] }: RunningSandboxOptions): Promise<RunningSandbox> {
  const readyFile = join(folder, "ready.json");
  const [command, ...first] = commandOf("sandbox", "up", "--ready-file", readyFile, ...args);
  const child = spawn(command, first, { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  const ended = new Promise<number | null>((done) => child.once("close", done));
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  await new Promise<void>((done, failed) => {
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()).includes("is up") && done());
    void ended.then(() => failed(new Error(`the sandbox ended early: ${output.stderr}`)));
  });
  return {
    ready: JSON.parse(readFileSync(readyFile, "utf8")) as ReadyFile,
    readyFile,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
