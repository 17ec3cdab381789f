/**
 * What examples/akamai-dns-proxy/Dockerfile does, without an engine for containers: the package is packed and installed
 * as its lines say, and the program is started by its entry point. Only the base image and its user are not tried.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createThrowawayCa } from "../../src/sandbox/throwaway-tls";
import { waitForFile } from "../support/wait-for-file";

const root = resolve(__dirname, "../..");
const dockerfile = readFileSync(join(root, "examples/akamai-dns-proxy/Dockerfile"), "utf8");
const lines = (word: string) =>
  [...dockerfile.matchAll(new RegExp(`^${word} (.*)$`, "gm"))].map(([, rest = ""]) => rest);

let folder: string;
const environment = () => ({ PATH: `${join(folder, "prefix/bin")}:${process.env.PATH ?? ""}`, HOME: folder });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "image-"));
  mkdirSync(join(folder, "package"));
  const here = (line: string) =>
    line
      .replaceAll("/package", join(folder, "package"))
      .replace("--global", `--global --prefix ${join(folder, "prefix")}`);
  const [pack, install] = lines("RUN").filter((line) => line.includes("npm pack") || line.includes("npm install"));
  for (const line of [pack, install])
    execFileSync("sh", ["-euc", here(line ?? "false")], {
      cwd: root,
      env: { ...process.env, HOME: folder },
      stdio: "pipe",
    });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the build stage builds before it packs", () => {
  const steps = lines("RUN").map((line) => /npm \w+(?: build)?/.exec(line)?.[0]);
  expect(steps.slice(0, 3)).toEqual(["npm ci", "npm run build", "npm pack"]);
});

test("the entry point serves without any development or peer dependency, and the health check sees it", async () => {
  const { certPem, keyPem } = await (await createThrowawayCa()).issue(["localhost"]);
  const files = {
    "adp.pem": certPem,
    "adp.key": keyPem,
    ".edgerc": "[default]\nhost = localhost\nclient_token = a\nclient_secret = b\naccess_token = c\n",
    "adp.yaml": `listen: { port: 0, tls: { certificateFile: adp.pem, privateKeyFile: adp.key }, names: [localhost] }
upstream: { edgerc: .edgerc }
masterKey: { env: ADP_MASTER_KEY }
audit: { file: audit.jsonl }
`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const [program = "false"] = JSON.parse(lines("ENTRYPOINT")[0] ?? "[]") as string[];
  const command = (JSON.parse(lines("CMD")[0] ?? "[]") as string[]).map((word) => word.replace("/etc/adp", folder));
  const readyFile = join(folder, "ready.json");
  const proxy: ChildProcess = spawn(program, [...command, "--ready-file", readyFile], {
    env: { ...environment(), ADP_MASTER_KEY: "a master key of the tests, long enough for anybody" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(proxy, "exit");
  try {
    const { port } = JSON.parse(await waitForFile(readyFile, proxy)) as { port: number };
    const health = /^HEALTHCHECK .* CMD (.*)$/m.exec(dockerfile)?.[1] ?? "[]";
    const [node = "false", ...rest] = JSON.parse(health.replace("8443", String(port))) as string[];
    expect(spawnSync(node, rest, { env: environment() }).status).toBe(0);
    proxy.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(spawnSync(node, rest, { env: environment() }).status).toBe(1);
  } finally {
    proxy.kill("SIGKILL");
  }
});
