/** Servers of a bench: processes of their own, each on one core, that come and go with the measurement. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { availableParallelism } from "node:os";
import { sleep } from "../../../src/platform/clock";
import { isInstalled } from "./installed-programs";

/** The one of the two programs that are compared, and the one of everything around it. */
export const cores = { measured: 0, surroundings: 1 } as const;

export interface ServerCommand {
  readonly command: readonly [string, ...string[]];
  /** It is started when this port of 127.0.0.1 can be connected to. */
  readonly port: number;
  readonly core: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Its standard error is that of the bench. */
export async function startPinned({ command, port, core, environment }: ServerCommand): Promise<() => Promise<void>> {
  const [program, ...args] = pinned(core, command);
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error(`${command[0]} ended before it took connections`);
    await sleep(20);
  }
  return () => stop(child);
}

/** The same command on one core, where the machine has several and `taskset`. */
export function pinned(core: number, command: readonly [string, ...string[]]): [string, ...string[]] {
  return availableParallelism() > 1 && isInstalled("taskset")
    ? ["taskset", "-c", String(core), ...command]
    : [...command];
}

/** A port that was free a moment ago, for servers that cannot choose one; below those that systems choose themselves. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    await new Promise((closed) => server.close(closed));
    if (isFree) return port;
  }
}

function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
