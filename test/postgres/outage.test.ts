/** PostgreSQL goes away and comes back while two proxies serve. */
import { signEdgeGrid } from "../../src/akamai/edgegrid-sign";
import { sharedServer } from "../support/two-replicas";
import { TestProxy, type Send } from "../support/running-proxy";

const zone = "example.test";
const name = `_acme-challenge.${zone}`;
const path = `/config-dns/v2/zones/${zone}/names/${name}/types/TXT`;
const value = (letter: string) => letter.repeat(43);
const body = (...values: string[]) => ({ name, type: "TXT", ttl: 60, rdata: values });
const unavailable = {
  status: 503,
  headers: { "content-type": "application/problem+json", "retry-after": "5" },
  json: {
    type: "https://problems.luna.akamaiapis.net/authoritative-dns/serviceUnavailable",
    detail: "What the replicas of this proxy share is out of reach, so this is not done: try again",
  },
};

let proxy: TestProxy;
let send: Send;

beforeEach(async () => {
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"] }
grants:
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [${zone}] }
  - { client: web, zone: ${zone}, names: ["*.lab.${zone}"], types: [A], actions: [read] }
`,
    zones: { [zone]: [{ name: `a.lab.${zone}`, type: "A", ttlSeconds: 60, rdata: ["192.0.2.1"] }] },
  });
  send = proxy.as("web");
});
afterEach(() => proxy.stop());

const standing = () => proxy.store.recordSet(zone, name, "TXT")?.rdata;
const writesUpstream = () => proxy.gate.history.filter(({ operation }) => !operation.startsWith("GET"));

test("what needs it is refused, what does not is served; afterwards all is served again", async () => {
  await sharedServer().pause();
  for (const answer of [
    await send("POST", path, body(value("a"))),
    await send("POST", path, body(value("a"))),
    await send("GET", path),
  ])
    expect(answer).toMatchObject(unavailable);
  expect((await send("GET", `/config-dns/v2/zones/${zone}/names/a.lab.${zone}/types/A`)).status).toBe(200);
  expect(writesUpstream()).toEqual([]);
  const readiness = await proxy.raw("GET", "/readyz", undefined, {});
  expect(readiness).toMatchObject({ status: 503, json: { checks: { coordination: { status: "failed" } } } });
  await sharedServer().resume();
  expect((await send("POST", path, body(value("a")))).status).toBe(201);
  expect((await send("GET", path)).status).toBe(200);
  expect((await send("PUT", path, body(value("b")))).status).toBe(200);
  expect(standing()).toEqual([`"${value("b")}"`]);
});

test("a write that loses its zone on the way is read back, and what was done is told as done", async () => {
  const trap = proxy.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
  const answer = send("POST", path, body(value("a")));
  await trap.caught;
  proxy.store.write(zone, { put: [{ name, type: "TXT", ttlSeconds: 60, rdata: [`"${value("a")}"`] }] });
  await sharedServer().run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted");
  expect(await answer).toMatchObject({ status: 201, json: body(`"${value("a")}"`) });
  trap.release();
});

test("a write that loses its zone before anything was done is refused and sends nothing more", async () => {
  const trap = proxy.gate.set({ part: "edge-dns", operation: "GET recordset", nth: 1, action: "hold" });
  const answer = send("POST", path, body(value("a")));
  await trap.caught;
  await sharedServer().run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted");
  expect(await answer).toMatchObject(unavailable);
  trap.release();
  expect(writesUpstream()).toEqual([]);
});

test("a write is taken once, whichever replica it comes to again", async () => {
  const text = JSON.stringify(body(value("a")));
  const credentials = { ...proxy.credentials("web"), host: proxy.host };
  const authorization = signEdgeGrid(credentials, { method: "POST", target: path, body: text });
  const answers = [];
  for (let turn = 0; turn < 3; turn++) answers.push(await proxy.raw("POST", path, text, { authorization }));
  expect(answers.map(({ status }) => status)).toEqual([201, 401, 401]);
});

test("a state read from one replica is the base of a write to the other", async () => {
  const others = [`"${value("x")}"`, `"${value("y")}"`];
  proxy.store.write(zone, { put: [{ name, type: "TXT", ttlSeconds: 60, rdata: others }] });
  const read = await send("GET", path);
  proxy.store.write(zone, { put: [{ name, type: "TXT", ttlSeconds: 60, rdata: [...others, `"${value("z")}"`] }] });
  const { rdata } = read.json as { rdata: string[] };
  expect((await send("PUT", path, body(...rdata.slice(1), value("a")))).status).toBe(200);
  expect(standing()).toEqual([`"${value("y")}"`, `"${value("z")}"`, `"${value("a")}"`]);
});
