/**
 * A provider as a process of its own, from the first byte on stdout to the exit. Start reading here; the protocol's
 * parts are in the files beside this one, the provider's calls in `rpc/`.
 */
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { systemClock, type Clock } from "../../platform/clock";
import { messageOf } from "../../platform/errors";
import type { Logger } from "../../platform/log";
import type { Provider } from "../rpc/provider";
import type * as ServiceModule from "../rpc/service";
import type * as GrpcServerModule from "./grpc-server";
import { handshakeLine, readInvitation, type Invitation } from "./handshake";
import { listen } from "./listen";
import { watchParent } from "./parent";
import { createPluginLog } from "./plugin-log";
import { pluginRoutes } from "./plugin-routes";
import { RunningCalls } from "./running-calls";
import { createThrowawayCertificate } from "./throwaway-certificate";

export interface ServedProvider {
  /** Names it in logs before it is loaded: `registry.terraform.io/unexpired/unexpired`. */
  readonly address: string;
  /**
   * Loads it. Called after the handshake line, while core is busy with its own half of the connection, with the log of
   * this process.
   */
  readonly load: (log: Logger) => Provider;
}

// In files of their own of the bundle: with http2 they take half of the time to the handshake line, and are not needed
// until core has read it and connects.
const grpcServerModule = () => module.require("./grpc-server") as typeof GrpcServerModule;
const serviceModule = () => module.require("../rpc/service") as typeof ServiceModule;

export interface ServePluginOptions {
  /** @default the system's */
  readonly clock?: Clock;
  /**
   * How long running operations may take to end after terraform is gone, in milliseconds: what is begun and cannot be
   * repeated is still finished. @default 6 minutes, more than an import of ours takes
   */
  readonly orphanGraceMs?: number;
}

/**
 * Serves until core says Shutdown or goes away. Started by hand it explains itself and exits with 1.
 * `host` is node's `process`: its stdout is taken over, since any foreign byte there breaks the handshake.
 */
export async function servePlugin(
  { address, load }: ServedProvider,
  host: NodeJS.Process,
  { clock = systemClock, orphanGraceMs = 360_000 }: ServePluginOptions = {},
): Promise<void> {
  const announce = takeStdout(host);
  let invitation: Invitation;
  try {
    invitation = readInvitation(host.env);
  } catch (error) {
    const hint = (error as { readonly hint?: string }).hint;
    host.stderr.write(`${messageOf(error)}\n${hint === undefined ? "" : `hint: ${hint}\n`}`);
    host.exitCode = 1;
    return;
  }
  const level = invitation.logged ? "trace" : "warn";
  const log = createPluginLog({ write: (line) => host.stderr.write(line), clock, module: address, level });
  surviveAccidents(host, log);

  const service = late(() => serviceModule().createProviderService({ provider: load(log), log, clock }));
  const calls = new RunningCalls({
    call: (name, request) => service().call(name, request),
    stop: () => service().stop(),
  });
  const certificate = createThrowawayCertificate(clock.now());
  const server = late(() =>
    grpcServerModule().createGrpcServer(pluginRoutes({ service: calls, onShutdown: () => exitWhenHungUp() }), {
      certificatePem: certificate.pem,
      privateKeyPem: certificate.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      clientCertificatePem: invitation.clientCertificatePem,
    }),
  );
  const door = createServer((socket) => server().emit("connection", socket));
  const exitWhenHungUp = () => {
    door.close(() => host.exit(0));
    setTimeout(() => host.exit(0), hangUpMs);
  };
  const { endpoint, folder } = await listen(door, invitation.socketParents, host.platform);
  host.on("exit", () => folder !== undefined && rmSync(folder, { recursive: true, force: true }));

  const abandon = async (reason: string) => {
    log.log("warn", `${reason}: running operations are stopped`);
    calls.stop();
    await calls.settled(orphanGraceMs);
    host.exit(1);
  };
  host.once("SIGTERM", () => void abandon("terminated"));
  watchParent(host, () => void abandon("terraform is gone"));
  announce(handshakeLine(endpoint, certificate.der));
  setImmediate(() => {
    server();
    setImmediate(service);
  });
}

/** A thing that is made when it is first asked for. */
function late<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/**
 * How long core may take to close its connection once it has the answer to Shutdown, in milliseconds. It does so at once
 * (go-plugin, GRPCClient.Close) and then waits for our end, at each of the three starts of a plan.
 */
const hangUpMs = 200;

/** Whatever else is printed goes to stderr, which core reads as log lines. */
function takeStdout(host: NodeJS.Process): (line: string) => void {
  const announce = host.stdout.write.bind(host.stdout);
  host.stdout.write = host.stderr.write.bind(host.stderr);
  return (line) => void announce(line);
}

/** Without these, core says no more than "plugin did not respond". */
function surviveAccidents(host: NodeJS.Process, log: Logger): void {
  const report = (error: unknown) =>
    log.log("error", `unexpected: ${messageOf(error)}`, { stack: error instanceof Error ? error.stack : undefined });
  host.on("unhandledRejection", report);
  host.on("uncaughtException", report);
  // the terminal sends Ctrl-C to the whole process group; core tells us through StopProvider
  host.on("SIGINT", () => undefined);
  // a parent that is gone reads no more logs
  host.stderr.on("error", () => undefined);
}
