/** NODE_EXTRA_CA_CERTS counts for a command also where its policy names a `caFile`, which replaces node's own trust. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join, resolve } from "node:path";
import { createThrowawayCa } from "../../src/sandbox/throwaway-tls";
import { masterKeyText, TestProxy } from "../support/running-proxy";
import { unbuilt } from "../support/unbuilt";
import { waitForFile } from "../support/wait-for-file";

const program = resolve(__dirname, "../../src/bin/akamai-dns-proxy.ts");
let world: TestProxy;
let edgeDnsCa: string;

beforeAll(async () => {
  world = await TestProxy.start({ policy: "clients: []\ngrants: []\n", zones: { "example.test": [] } });
  // the command takes its place, and its caFile names an authority that is not Edge DNS's
  await world.closeProxies();
  edgeDnsCa = readFileSync(join(world.folder, "ca.pem"), "utf8");
  writeFileSync(join(world.folder, "extra.pem"), edgeDnsCa);
  writeFileSync(join(world.folder, "ca.pem"), (await createThrowawayCa()).caPem);
});

afterAll(() => world.stop());

test.each([
  ["with the variable it reaches Edge DNS", "extra.pem", 200, ""],
  ["without it, it does not", undefined, 503, ""],
  ["a file that is not there is a warning", "missing.pem", 503, "missing.pem are not trusted: ENOENT"],
])("serve: %s", async (_, extra, status, warning) => {
  const readyFile = join(world.folder, `ready-${status}-${extra}.json`);
  const node = [...unbuilt, program];
  const proxy = spawn(process.execPath, [...node, "serve", join(world.folder, "adp.yaml"), "--ready-file", readyFile], {
    env: {
      PATH: process.env.PATH,
      ADP_MASTER_KEY: masterKeyText,
      ...(extra !== undefined && { NODE_EXTRA_CA_CERTS: join(world.folder, extra) }),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  proxy.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(proxy, "close");
  try {
    const { port } = JSON.parse(await waitForFile(readyFile, proxy)) as { port: number };
    expect(await readiness(port)).toBe(status);
  } finally {
    proxy.kill("SIGTERM");
    await ended;
  }
  expect(stderr).toContain(warning);
});

function readiness(port: number): Promise<number | undefined> {
  return new Promise((done, failed) =>
    request({ host: "127.0.0.1", port, path: "/readyz", ca: edgeDnsCa })
      .on("response", (response) => done(response.resume().statusCode))
      .on("error", failed)
      .end(),
  );
}
