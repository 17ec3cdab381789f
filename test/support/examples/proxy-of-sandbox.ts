/** akamai-dns-proxy as a process of its own in front of a sandbox's Edge DNS, as the DNS team runs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Sandbox } from "../../../src/sandbox/start-sandbox";
import { createThrowawayCa } from "../../../src/sandbox/throwaway-tls";
import { masterKeyText } from "../running-proxy";
import { waitForFile } from "../wait-for-file";

const program = resolve(__dirname, "../../../dist/src/bin/akamai-dns-proxy.js");

export interface ProxyOfSandboxOptions {
  readonly sandbox: Sandbox;
  /** For its files; made. */
  readonly folder: string;
  /** `clients`, `grants` and what else a policy file has beside its surroundings. */
  readonly policy: Readonly<Record<string, unknown>>;
}

export interface ProxyOfSandbox {
  /** As clients write it: `127.0.0.1:8443`. */
  readonly host: string;
  /** Trust for it. */
  readonly caFile: string;
  /** What was decided and written so far. */
  audit(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

export async function startProxyOfSandbox(options: ProxyOfSandboxOptions): Promise<ProxyOfSandbox> {
  const { sandbox, folder, policy } = options;
  const file = (name: string) => join(folder, name);
  const ca = await createThrowawayCa();
  const { certPem, keyPem } = await ca.issue(["127.0.0.1"]);
  const surroundings = {
    listen: {
      port: 0,
      tls: { certificateFile: file("adp.pem"), privateKeyFile: file("adp.key") },
      names: ["127.0.0.1"],
    },
    upstream: { edgerc: sandbox.files.edgerc, caFile: sandbox.files.edgeDnsCaFile },
    masterKey: { env: "ADP_MASTER_KEY" },
    audit: { file: file("audit.jsonl") },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(file("ca.pem"), ca.caPem);
  await writeFile(file("adp.pem"), certPem);
  await writeFile(file("adp.key"), keyPem, { mode: 0o600 });
  // JSON is YAML
  await writeFile(file("adp.yaml"), JSON.stringify({ ...surroundings, ...policy }));
  const readyFile = file("ready.json");
  const child = spawn(process.execPath, [program, "serve", file("adp.yaml"), "--ready-file", readyFile], {
    env: { PATH: process.env.PATH, ADP_MASTER_KEY: masterKeyText },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  const { port } = JSON.parse(await waitForFile(readyFile, child)) as { port: number };
  return {
    host: `127.0.0.1:${port}`,
    caFile: file("ca.pem"),
    audit: async () =>
      (await readFile(file("audit.jsonl"), "utf8"))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
