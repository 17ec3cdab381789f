/** How the command ends, with a write on its way to a slow Edge DNS; and what its log says, and does not say. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { calmEdgeDns } from "../../src/sandbox/edge-dns/edge-dns-faults";
import { masterKeyText, TestProxy } from "../support/running-proxy";
import { unbuilt } from "../support/unbuilt";
import { waitForFile } from "../support/wait-for-file";

const program = resolve(__dirname, "../../src/bin/akamai-dns-proxy.ts");
const zone = "example.test";
const name = `_acme-challenge.app.${zone}`;
const target = `/config-dns/v2/zones/${zone}/names/${name}/types/TXT`;
const body = { name, type: "TXT", ttl: 60, rdata: ["v".repeat(43)] };

let world: TestProxy;
let served: ChildProcess;
let output = "";
let port = 0;

beforeEach(async () => {
  world = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"] }
grants:
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [app.${zone}] }
`,
    zones: { [zone]: [] },
    faults: calmEdgeDns,
  });
  // the command takes its place, with its files
  await world.closeProxies();
  const readyFile = join(world.folder, "ready.json");
  const args = ["serve", join(world.folder, "adp.yaml"), "--ready-file", readyFile, "--log-level", "debug"];
  const node = [...unbuilt, program];
  served = spawn(process.execPath, [...node, ...args, "--drain-seconds", "1"], {
    env: {
      PATH: process.env.PATH,
      ADP_MASTER_KEY: masterKeyText,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  output = "";
  served.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  ({ port } = JSON.parse(await waitForFile(readyFile, served)) as { port: number });
});

afterEach(async () => {
  served.kill("SIGKILL");
  await world.stop();
});

test("neither the first nor a second signal loses a write: it is answered, on record, and the command ends with 0", async () => {
  const ended = once(served, "close");
  const trap = world.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
  const answer = world.as("web", { port })("POST", target, body);
  await trap.caught;
  served.kill("SIGTERM");
  while (!output.includes("stopping")) await new Promise((next) => setTimeout(next, 10));
  expect(await world.raw("GET", "/readyz", undefined, { port })).toMatchObject({
    status: 503,
    json: { status: "stopping" },
  });
  served.kill("SIGTERM");
  served.kill("SIGINT");
  trap.release();
  expect((await answer).status).toBe(201);
  expect(await ended).toEqual([0, null]);
  expect(world.store.recordSet(zone, name, "TXT")?.rdata).toEqual([`"${"v".repeat(43)}"`]);
  expect(world.audit().at(-1)).toMatchObject({ event: "write", outcome: "done" });

  const lines = output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.at(-1)).toMatchObject({ level: "info", message: "stopped" });
  expect(lines).toContainEqual(
    expect.objectContaining({ level: "debug", message: "request", operation: "create-record-set", status: 201 }),
  );
  const { clientSecret, accessToken } = world.credentials("web");
  for (const secret of [masterKeyText, clientSecret, accessToken, world.upstream.credentials.clientSecret, "EG1-HMAC"])
    expect(output).not.toContain(secret);
});
