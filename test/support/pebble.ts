/**
 * Debian's Pebble and its challenge test server on loopback, each test file its own pair: free ports, a throw-away
 * endpoint certificate, empty state. Keep at most 8 orders under way at once: Pebble 2.4.0 deadlocks beyond.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HttpClient } from "../../src/platform/http";
import { createThrowawayCa } from "../../src/sandbox/throwaway-tls";

export interface PebbleOptions {
  /** Per cent of good nonces that are refused. @default 0 */
  readonly nonceReject?: number;
  /** Per cent of valid authorizations that are used again. @default 0 */
  readonly authorizationReuse?: number;
  /** Roots beside the first, each with its chain. @default 0 */
  readonly alternateRoots?: number;
  /** Key identifiers with their MAC keys (base64url); accounts need one of them. @default none needed */
  readonly externalAccountKeys?: Readonly<Record<string, string>>;
  readonly blockedDomains?: readonly string[];
  /** `host:port` of the name server that is asked for challenge values. @default that of the challenge test server */
  readonly dnsServer?: string;
}

export interface CertificateStatus {
  readonly Status: string;
  readonly Reason?: number;
}

export interface Pebble {
  readonly directoryUrl: string;
  /** PEM of what the endpoints must be trusted by; not an issuer of certificates. */
  readonly ca: string;
  setTxt(recordName: string, value: string): Promise<void>;
  /** Takes away every value of the name. */
  clearTxt(recordName: string): Promise<void>;
  /** PEM of root number `index`: 0 is the default one, the others are alternates. */
  root(index: number): Promise<string>;
  certificateStatus(serialHex: string): Promise<CertificateStatus>;
  stop(): Promise<void>;
}

export async function startPebble(options: PebbleOptions = {}): Promise<Pebble> {
  const folder = await mkdtemp(join(tmpdir(), "pebble-"));
  const endpoints = await createThrowawayCa();
  const identity = await endpoints.issue(["localhost", "127.0.0.1"]);
  await writeFile(join(folder, "cert.pem"), identity.certPem);
  await writeFile(join(folder, "key.pem"), identity.keyPem, { mode: 0o600 });
  const [acmePort, managementPort, challengePort, dnsPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const config = pebbleConfig(options, acmePort, managementPort);
  await writeFile(join(folder, "pebble.json"), JSON.stringify(config));
  const { dnsServer = `127.0.0.1:${dnsPort}` } = options;
  const off = ["-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", ""];
  const dns = ["-dns01", `127.0.0.1:${dnsPort}`, "-management", `127.0.0.1:${challengePort}`];
  const programs = [
    start("pebble-challtestsrv", [...off, ...dns], folder),
    start("pebble", ["-config", "pebble.json", "-dnsserver", dnsServer], folder, {
      PEBBLE_VA_NOSLEEP: "1",
      PEBBLE_WFE_NONCEREJECT: String(options.nonceReject ?? 0),
      PEBBLE_AUTHZREUSE: String(options.authorizationReuse ?? 0),
      PEBBLE_ALTERNATE_ROOTS: String(options.alternateRoots ?? 0),
    }),
  ];
  const http = new HttpClient({ ca: endpoints.caPem });
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await http.close();
    await rm(folder, { recursive: true, force: true });
  };
  const management = async (path: string) =>
    (await http.send({ method: "GET", url: `https://localhost:${managementPort}${path}` })).body;
  const challenge = async (path: string, body: object) => {
    const url = `http://127.0.0.1:${challengePort}${path}`;
    const { status } = await http.send({ method: "POST", url, body: JSON.stringify(body) });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
  };
  const directoryUrl = `https://localhost:${acmePort}/dir`;
  try {
    await answers(() => http.send({ method: "GET", url: directoryUrl }), programs);
    await answers(() => challenge("/clear-txt", { host: "ready.test." }), programs);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    directoryUrl,
    ca: endpoints.caPem,
    setTxt: (name, value) => challenge("/set-txt", { host: `${name}.`, value }),
    clearTxt: (name) => challenge("/clear-txt", { host: `${name}.` }),
    root: (index) => management(`/roots/${index}`),
    certificateStatus: async (serial) =>
      JSON.parse(await management(`/cert-status-by-serial/${serial}`)) as CertificateStatus,
    stop,
  };
}

function pebbleConfig(options: PebbleOptions, acmePort: number, managementPort: number): object {
  return {
    pebble: {
      listenAddress: `127.0.0.1:${acmePort}`,
      managementListenAddress: `127.0.0.1:${managementPort}`,
      certificate: "cert.pem",
      privateKey: "key.pem",
      httpPort: 5002,
      tlsPort: 5001,
      ocspResponderURL: "",
      externalAccountBindingRequired: options.externalAccountKeys !== undefined,
      externalAccountMACKeys: options.externalAccountKeys ?? {},
      domainBlocklist: options.blockedDomains ?? [],
    },
  };
}

interface Program {
  readonly output: () => string;
  readonly ended: () => boolean;
  stop(): Promise<void>;
}

function start(name: string, args: string[], folder: string, environment: Record<string, string> = {}): Program {
  const child: ChildProcess = spawn(name, args, { cwd: folder, env: { ...process.env, ...environment } });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000)));
  child.stderr?.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000)));
  const exit = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error) => {
      output += error.message;
      resolve();
    });
  });
  return {
    output: () => output,
    ended: () => child.exitCode !== null || child.pid === undefined,
    stop: async () => {
      child.kill("SIGKILL");
      await exit;
    },
  };
}

/** Polls, since start-up time depends on how many keys Pebble makes. */
async function answers(ask: () => Promise<unknown>, programs: readonly Program[]): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask();
      return;
    } catch (error) {
      const ended = programs.find((program) => program.ended());
      if (ended !== undefined || tries > 400)
        throw new Error(`a server did not start: ${programs.map((program) => program.output()).join("\n")}`, {
          cause: error,
        });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A port that is free for TCP and UDP right now. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = await new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
    const udp = createSocket("udp4");
    const isFree = await new Promise<boolean>((resolve) => {
      udp.once("error", () => resolve(false));
      udp.bind(port, "127.0.0.1", () => resolve(true));
    });
    udp.close();
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}
