/** Clients that delete, or write again, without having read what stands there. */
import { Agent } from "node:https";
import { TestProxy, type Send } from "../../support/running-proxy";

const zone = "example.test";
const N = `_acme-challenge.${zone}`;
const path = `/config-dns/v2/zones/${zone}/names/${N}/types/TXT`;
const [V1, V2] = ["1".repeat(43), "2".repeat(43)];
const foreign = String.raw`"v=DKIM1; k=rsa, p=a\"b\\c" "second string"`;

let proxy: TestProxy;
let send: Send;
let agent: Agent;

beforeEach(async () => {
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"] }
grants:
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [${zone}] }
`,
    zones: { [zone]: [] },
  });
  agent = new Agent({ keepAlive: true });
  send = proxy.as("web", { agent });
});

afterEach(async () => {
  agent.destroy();
  await proxy.stop();
});

const standing = () => proxy.store.recordSet(zone, N, "TXT");
const put = (rdata: readonly string[]) => ({ name: N, type: "TXT", ttl: 60, rdata });

async function expectStatuses(steps: [string, unknown, number][]): Promise<void> {
  const statuses: number[] = [];
  for (const [method, body] of steps) statuses.push((await send(method, path, body)).status);
  expect(statuses).toEqual(steps.map(([, , status]) => status));
}

test("what is foreign is spared, and not told", async () => {
  proxy.store.write(zone, { put: [{ name: N, type: "TXT", ttlSeconds: 60, rdata: [foreign] }] });
  await expectStatuses([
    ["POST", put([V1, V2]), 201],
    ["DELETE", undefined, 204],
  ]);
  expect(standing()?.rdata).toEqual([foreign]);
  const again = await send("DELETE", path);
  expect(again.status).toBe(403);
  expect(again.text).toContain("none of the values there is this client's");
  expect(again.text).not.toContain("DKIM1");
});

test("a challenge of another team is spared, too", async () => {
  const other = `"${"9".repeat(43)}"`;
  proxy.store.write(zone, { put: [{ name: N, type: "TXT", ttlSeconds: 60, rdata: [other] }] });
  send = proxy.as("web");
  await expectStatuses([
    ["DELETE", undefined, 403],
    ["POST", put([V1, V2]), 201],
    ["GET", undefined, 200],
    ["DELETE", undefined, 204],
  ]);
  expect(standing()?.rdata).toEqual([other]);
  expect(proxy.audit().filter(({ verdict }) => verdict === "deny")).toMatchObject([{ reason: "no-own-value" }]);
});

test("a write that is repeated, because its answer got lost, succeeds", async () => {
  await expectStatuses([
    ["POST", put([`"${V1}"`]), 201],
    ["POST", put([`"${V1}"`]), 201],
    ["DELETE", undefined, 204],
    ["DELETE", undefined, 404],
  ]);
});
