/** akamai-dns-proxy as the central DNS team runs it: a process of its own, with a policy file and derived credentials. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../platform/free-port";
import { mustRun, stopProgram } from "../platform/run-program";
import type { Sandbox } from "../sandbox/start-sandbox";
import { createThrowawayCa } from "../sandbox/throwaway-tls";

export interface ProxyProcess {
  /** host:port, with TLS. */
  readonly address: string;
  /** Credentials of team-web, as `akamai-dns-proxy credentials issue` prints them. */
  readonly edgerc: string;
  readonly caFile: string;
  /** What the proxy decided, an object per line. */
  auditLines(): Promise<readonly AuditLine[]>;
  /** As the machine that it runs on dies. */
  kill(): Promise<void>;
  /** With the same files, at the same address. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface AuditLine {
  readonly event: string;
  readonly client: string;
  readonly operation?: string;
  readonly name?: string;
  readonly type?: string;
  readonly verdict?: string;
  readonly outcome?: string;
}

export interface ProxyProcessOptions {
  readonly folder: string;
  readonly sandbox: Sandbox;
  /** Built entry point. */
  readonly program: string;
  /** Of client team-web, as the policy file has them: YAML, an item per line. */
  readonly grants: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const patienceMs = 20_000;

export async function startProxyProcess(options: ProxyProcessOptions): Promise<ProxyProcess> {
  const { folder, sandbox, program, env, grants } = options;
  const file = (name: string) => join(folder, name);
  const ca = await createThrowawayCa();
  const identity = await ca.issue(["127.0.0.1"]);
  const port = await freePort();
  await writeFile(file("adp-ca.pem"), ca.caPem);
  await writeFile(file("adp.pem"), identity.certPem);
  await writeFile(file("adp.key"), identity.keyPem, { mode: 0o600 });
  await writeFile(file("adp.yaml"), policy(port, sandbox, grants));
  const environment = { ...env, ADP_MASTER_KEY: randomBytes(32).toString("base64url") };
  const issue = [program, "credentials", "issue", "team-web", "--config", file("adp.yaml")];
  const { stdout: section } = await mustRun(process.execPath, issue, { env: environment });
  await writeFile(file("team-web.edgerc"), section, { mode: 0o600 });

  const ready = file("adp.ready.json");
  const serve = [program, "serve", file("adp.yaml"), "--ready-file", ready];
  let child = await startServing(serve, ready, environment);
  return {
    address: `127.0.0.1:${port}`,
    edgerc: file("team-web.edgerc"),
    caFile: file("adp-ca.pem"),
    auditLines: async () =>
      (await readFile(file("audit.jsonl"), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as AuditLine),
    kill: () => stopProgram(child, "SIGKILL"),
    startAgain: async () => {
      await rm(ready, { force: true });
      child = await startServing(serve, ready, environment);
    },
    stop: () => stopProgram(child),
  };
}

async function startServing(args: readonly string[], ready: string, env: ProxyProcessOptions["env"]) {
  const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  await waitForFile(ready, () => child.exitCode !== null).catch(async () => {
    await stopProgram(child);
    throw new Error(`akamai-dns-proxy did not start:\n${complaint.trim()}`);
  });
  return child;
}

function policy(port: number, { files }: Sandbox, grants: readonly string[]): string {
  return `# What the central DNS team keeps in git: who may prove which names. No secret is in it.
listen:    { host: 127.0.0.1, port: ${port}, tls: { certificateFile: adp.pem, privateKeyFile: adp.key }, names: [127.0.0.1] }
upstream:  { edgerc: ${files.edgerc}, caFile: ${files.edgeDnsCaFile} }
masterKey: { env: ADP_MASTER_KEY }
clients:
  - { name: team-web }
grants:
${grants.map((grant) => `  - ${grant}`).join("\n")}
audit:     { file: audit.jsonl }
`;
}

async function waitForFile(path: string, isHopeless: () => boolean): Promise<void> {
  for (let waited = 0; waited < patienceMs && !isHopeless(); waited += 50) {
    const there = await stat(path).then(
      () => true,
      () => false,
    );
    if (there) return;
    await pause(50);
  }
  throw new Error(`${path} did not appear`);
}
