/**
 * Real lego: Debian's library with its edgedns provider, as a program of ours around it (lego/main.go). Built once per
 * machine and source text, in the folder for temporary files; needs no network.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findFile, findProgram } from "../../../scripts/parts";
import type { EdgeGridCredentials } from "../../../src/akamai/edgegrid-sign";

export interface LegoOptions {
  readonly credentials: EdgeGridCredentials;
  /** PEM of all authorities that lego must trust: of the proxy, and of the CA's endpoint. */
  readonly caFile: string;
  /** host:port of the name server to find zones with. */
  readonly resolver: string;
}

export interface LegoRun {
  readonly status: number | null;
  readonly stdout: string;
  /** lego's log; ends with the error, if any. */
  readonly stderr: string;
}

/** One process that gets a certificate. `stdout` is the chain. */
export function legoIssue(options: LegoOptions, directoryUrl: string, names: readonly string[]): Promise<LegoRun> {
  return run(options, ["issue", directoryUrl, options.resolver, names.join(",")]);
}

/** One process that adds, or takes away, the challenge value of `keyAuthorization` for a name. */
export function legoRecord(
  options: LegoOptions,
  action: "present" | "cleanup",
  name: string,
  keyAuthorization: string,
): Promise<LegoRun> {
  return run(options, [action, options.resolver, name, keyAuthorization]);
}

/** The value that lego writes for a key authorization (RFC 8555 8.4). */
export function challengeValue(keyAuthorization: string): string {
  return createHash("sha256").update(keyAuthorization).digest("base64url");
}

function run({ credentials, caFile }: LegoOptions, args: readonly string[]): Promise<LegoRun> {
  const child = spawn(buildLego(), args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      AKAMAI_HOST: credentials.host,
      AKAMAI_CLIENT_TOKEN: credentials.clientToken,
      AKAMAI_CLIENT_SECRET: credentials.clientSecret,
      AKAMAI_ACCESS_TOKEN: credentials.accessToken,
      // it waits so many seconds for each name, even when told not to look for propagation
      AKAMAI_POLLING_INTERVAL: "1",
      AKAMAI_PROPAGATION_TIMEOUT: "10",
      SSL_CERT_FILE: caFile,
    },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, ...output }));
  });
}

const source = join(__dirname, "../lego/main.go");
const debianSources = "/usr/share/gocode";

/** The program's path. Several processes may build at once: each puts its own in place as a whole. */
export function buildLego(): string {
  const digest = createHash("sha256").update(readFileSync(source)).digest("hex").slice(0, 16);
  const program = join(tmpdir(), "unexpired-real-clients", `lego-edgedns-${digest}`);
  if (existsSync(program)) return program;
  const go = findProgram("go");
  const library = findFile(join(debianSources, "src/github.com/go-acme/lego"));
  if (go === undefined || library === undefined)
    throw new Error("lego cannot be built: apt-get install golang-go golang-github-xenolf-lego-dev");
  mkdirSync(dirname(program), { recursive: true });
  const folder = mkdtempSync(join(dirname(program), "build-"));
  try {
    // Debian has the library without its major version, and Go looks for it with (GOPATH mode knows no modules)
    mkdirSync(join(folder, "path/src/github.com/go-acme/lego"), { recursive: true });
    symlinkSync(library, join(folder, "path/src/github.com/go-acme/lego/v4"));
    const built = spawnSync(go, ["build", "-o", join(folder, "lego-edgedns"), source], {
      encoding: "utf8",
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        GO111MODULE: "off",
        GOFLAGS: "",
        GOPATH: `${join(folder, "path")}:${debianSources}`,
        GOCACHE: join(folder, "cache"),
      },
    });
    if (built.status !== 0) throw new Error(`lego was not built: ${built.stderr}`);
    renameSync(join(folder, "lego-edgedns"), program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}
