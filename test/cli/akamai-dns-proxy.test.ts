/** The scripts beside this file show the command; here they are run. Serving needs a life cycle, so it is told below. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createThrowawayCa } from "../../src/sandbox/throwaway-tls";
import { runCliScript } from "../support/cli-script";
import { expectPublished } from "../support/published-forms";
import { unbuilt } from "../support/unbuilt";
import { waitForFile } from "../support/wait-for-file";

const scripts = join(__dirname, "akamai-dns-proxy");
const program = resolve(__dirname, "../../src/bin/akamai-dns-proxy.ts");
const environment = { ADP_MASTER_KEY: "a master key of the tests, long enough for anybody" };

test.each(readdirSync(scripts))("%s", (name) => {
  const { expected, actual } = runCliScript(join(scripts, name), {
    programs: { "akamai-dns-proxy": program },
    environment,
  });
  expect(actual).toEqual(expected);
  actual.forEach(expectPublished);
});

test("serve says when it is ready, answers, reads its policy again on SIGHUP, and ends with 0 on SIGTERM", async () => {
  const folder = mkdtempSync(join(tmpdir(), "adp-"));
  const ca = await createThrowawayCa();
  const identity = await ca.issue(["localhost"]);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("adp.pem", identity.certPem);
  write("adp.key", identity.keyPem);
  write(".edgerc", "[default]\nhost = localhost\nclient_token = a\nclient_secret = b\naccess_token = c\n");
  const policy = `listen: { port: 0, tls: { certificateFile: adp.pem, privateKeyFile: adp.key }, names: [localhost] }
upstream: { edgerc: .edgerc }
masterKey: { env: ADP_MASTER_KEY }
audit: { file: audit.jsonl }
`;
  write("adp.yaml", policy);
  const readyFile = join(folder, "ready.json");
  const args = [...unbuilt, program, "serve", join(folder, "adp.yaml")];
  const proxy = spawn(process.execPath, [...args, "--ready-file", readyFile], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => proxy.once("exit", done));
  try {
    let output = "";
    await new Promise<void>((done, failed) => {
      proxy.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()).includes('"ready"') && done());
      proxy.once("exit", () => failed(new Error("the proxy ended early")));
    });
    const { port } = JSON.parse(await waitForFile(readyFile, proxy)) as { port: number };
    const status = await new Promise((done, failed) => {
      const health = request({ host: "127.0.0.1", port, path: "/healthz", ca: ca.caPem, servername: "localhost" });
      health.on("response", (response) => done(response.resume().statusCode)).on("error", failed);
      health.end();
    });
    expect(status).toBe(200);
    write("adp.yaml", "listen: {}");
    proxy.kill("SIGHUP");
    await until(() => output.includes("what was there stays in force") && output.includes("invalid_config"));
    write("adp.yaml", policy);
    proxy.kill("SIGHUP");
    await until(() => output.includes('"policy reloaded"'));
    proxy.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output).toContain('"stopped"');
  } finally {
    proxy.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
