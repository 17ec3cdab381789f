/** What lego 4.9.1, certbot-plugin-edgedns and acme.sh 3.1.4 really send, replayed through the proxy. */
import { Agent } from "node:https";
import EdgeGrid from "akamai-edgegrid";
import { TestProxy, type Send } from "../../support/running-proxy";

const zone = "example.test";
const Z = `/config-dns/v2/zones/${zone}`;
const N = `_acme-challenge.${zone}`;
const path = `${Z}/names/${N}/types/TXT`;
const dotted = `${Z}/names/${N}./types/TXT`;
const V1 = "1".repeat(43);
const V2 = "2".repeat(43);
/** Quotes, escapes, blanks, a semicolon and a comma: what careless clients break. */
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
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [${zone}, www.${zone}] }
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
const put = (rdata: readonly string[], ttl: number | string = 120) => ({ name: N, type: "TXT", ttl, rdata });

async function expectStatuses(steps: [string, string, unknown, number][]): Promise<void> {
  const statuses: number[] = [];
  for (const [method, target, body] of steps) statuses.push((await send(method, target, body)).status);
  expect(statuses).toEqual(steps.map(([, , , status]) => status));
}

test("lego: apex and wildcard, trailing dots, quotes stripped in its clean-up", async () => {
  await expectStatuses([
    ["GET", dotted, undefined, 404],
    ["POST", dotted, { ...put([`"${V1}"`]), name: `${N}.` }, 201],
    ["GET", dotted, undefined, 200],
    ["PUT", path, put([`"${V1}"`, `"${V2}"`]), 200],
  ]);
  expect(standing()).toEqual({ name: N, type: "TXT", ttlSeconds: 120, rdata: [`"${V1}"`, `"${V2}"`] });
  await expectStatuses([
    ["GET", dotted, undefined, 200],
    ["PUT", path, put([V2]), 200],
  ]);
  expect(standing()?.rdata).toEqual([`"${V2}"`]);
  await expectStatuses([
    ["GET", dotted, undefined, 200],
    ["DELETE", path, undefined, 204],
  ]);
  expect(standing()).toBeUndefined();
});

test("lego beside a foreign value: it survives octet for octet, and so does its TTL", async () => {
  proxy.store.write(zone, { put: [{ name: N, type: "TXT", ttlSeconds: 3600, rdata: [foreign] }] });
  const stripped = foreign.replaceAll('"', "");
  await expectStatuses([
    ["GET", dotted, undefined, 200],
    ["PUT", path, put([foreign, `"${V1}"`]), 200],
    ["GET", dotted, undefined, 200],
    ["PUT", path, put([stripped]), 200],
  ]);
  expect(standing()).toEqual({ name: N, type: "TXT", ttlSeconds: 3600, rdata: [foreign] });
});

test("certbot-plugin: walks up the zones, writes values without quotes", async () => {
  const walk: [string, string, unknown, number][] = [
    ["GET", `/config-dns/v2/zones/www.${zone}`, undefined, 404],
    ["GET", Z, undefined, 200],
  ];
  const name = `_acme-challenge.www.${zone}`;
  const own = `${Z}/names/${name}/types/TXT`;
  const body = (rdata: string[]) => ({ name, ttl: 600, rdata, type: "TXT" });
  const rdata = () => proxy.store.recordSet(zone, name, "TXT")?.rdata;
  await expectStatuses([...walk, ["GET", own, undefined, 404], ["POST", own, body([V1]), 201]]);
  await expectStatuses([...walk, ["GET", own, undefined, 200], ["PUT", own, body([`"${V1}"`, V2]), 200]]);
  expect(rdata()).toEqual([`"${V1}"`, `"${V2}"`]);
  await expectStatuses([...walk, ["GET", own, undefined, 200], ["PUT", own, body([`"${V2}"`]), 200]]);
  expect(rdata()).toEqual([`"${V2}"`]);
  await expectStatuses([...walk, ["GET", own, undefined, 200], ["DELETE", own, undefined, 204]]);
  expect(rdata()).toBeUndefined();
});

test("acme.sh: new connection each time, no quotes, splits a foreign value at its commas, TTL 600 for all", async () => {
  send = proxy.as("web");
  proxy.store.write(zone, { put: [{ name: N, type: "TXT", ttlSeconds: 3600, rdata: [foreign] }] });
  const pieces = foreign.replace(/["\\]/g, "").split(",");
  await expectStatuses([
    ["GET", path, undefined, 200],
    ["PUT", path, put([V1, ...pieces], 600), 200],
    ["GET", path, undefined, 200],
    ["PUT", path, put([V2, ...pieces, V1], 600), 200],
  ]);
  expect(standing()).toEqual({ name: N, type: "TXT", ttlSeconds: 3600, rdata: [foreign, `"${V1}"`, `"${V2}"`] });
  await expectStatuses([
    ["GET", path, undefined, 200],
    ["PUT", path, put([V2, ...pieces], 600), 200],
    ["GET", path, undefined, 200],
    ["PUT", path, put(pieces, 600), 200],
  ]);
  expect(standing()).toEqual({ name: N, type: "TXT", ttlSeconds: 3600, rdata: [foreign] });
});

test("acmebot: POST of all values onto a leftover set, then DELETE of the whole set spares what is foreign", async () => {
  proxy.store.write(zone, { put: [{ name: N, type: "TXT", ttlSeconds: 60, rdata: [foreign] }] });
  await expectStatuses([
    ["POST", path, put([`"${V1}"`, `"${V2}"`], 60), 201],
    ["DELETE", path, undefined, 204],
  ]);
  expect(standing()?.rdata).toEqual([foreign]);
  const again = await send("DELETE", path);
  expect(again.status).toBe(403);
  expect(again.text).toContain("none of the values there is this client's");
  expect(again.text).not.toContain("DKIM1");
});

test("acmebot beside a challenge of another team: its DELETE spares that too", async () => {
  const other = `"${"9".repeat(43)}"`;
  proxy.store.write(zone, { put: [{ name: N, type: "TXT", ttlSeconds: 60, rdata: [other] }] });
  send = proxy.as("web");
  await expectStatuses([
    ["DELETE", path, undefined, 403],
    ["POST", path, put([`"${V1}"`, `"${V2}"`], 60), 201],
    ["GET", path, undefined, 200],
    ["DELETE", path, undefined, 204],
  ]);
  expect(standing()?.rdata).toEqual([other]);
  expect(proxy.audit().filter(({ verdict }) => verdict === "deny")).toMatchObject([{ reason: "no-own-value" }]);
});

test("Posh-ACME: the TTL as text, pretty-printed", async () => {
  const zones = await send("GET", `/config-dns/v2/zones?search=${zone}&types=primary&showAll=true`);
  expect(zones.json).toMatchObject({ metadata: { totalElements: 1 }, zones: [{ zone, activationState: "ACTIVE" }] });
  expect((await send("POST", path, JSON.stringify(put([V1], "60"), null, 2))).status).toBe(201);
  expect(standing()).toMatchObject({ ttlSeconds: 60, rdata: [`"${V1}"`] });
});

test("a write that is repeated, because its answer got lost, succeeds", async () => {
  await expectStatuses([
    ["POST", path, put([`"${V1}"`]), 201],
    ["POST", path, put([`"${V1}"`]), 201],
    ["DELETE", path, undefined, 204],
    ["DELETE", path, undefined, 404],
  ]);
});

test("npm akamai-edgegrid, unmodified", async () => {
  const { clientToken, clientSecret, accessToken, host } = proxy.credentials("web");
  const call = (method: string, body?: unknown) =>
    new Promise<{ status?: number; body?: string }>((resolve) => {
      const client = new EdgeGrid(clientToken, clientSecret, accessToken, host);
      const request = { path, method, body, headers: {}, httpsAgent: new Agent({ ca: proxy.proxyCa }) };
      client.auth(request);
      client.send((error: { response?: { status: number } } | null, response?: { status: number }, text?: string) =>
        resolve({ status: response?.status ?? error?.response?.status, body: text }),
      );
    });
  expect((await call("GET")).status).toBe(404);
  expect((await call("POST", put([`"${V1}"`]))).status).toBe(201);
  expect((await call("PUT", put([`"${V1}"`, `"${V2}"`]))).status).toBe(200);
  expect(JSON.parse((await call("GET")).body ?? "")).toEqual(put([`"${V1}"`, `"${V2}"`]));
  expect((await call("DELETE")).status).toBe(204);
});
