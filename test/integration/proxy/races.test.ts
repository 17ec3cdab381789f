/** Clients that read, change and write without any precondition, side by side, before an Edge DNS in a bad mood. */
import { Agent } from "node:https";
import type { RecordSet } from "../../../src/dns/record-set";
import { calmEdgeDns, hostileEdgeDns, type EdgeDnsFaults } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import type { ProxyOptions } from "../../../src/proxy/start-proxy";
import { TestProxy, type Answer, type SendOptions } from "../../support/running-proxy";

const zone = "example.test";
const Z = `/config-dns/v2/zones/${zone}`;
const N = `_acme-challenge.${zone}`;
const path = `${Z}/names/${N}/types/TXT`;
const foreign = String.raw`"v=DKIM1; k=rsa, p=a\"b\\c" "second string"`;
const value = (index: number) => String(index).padStart(43, "v");
const body = (rdata: readonly string[], name = N) => ({ name, type: "TXT", ttl: 120, rdata });

let proxy: TestProxy;
let agents: Agent[] = [];

const txt = (name: string, ...rdata: string[]): RecordSet => ({ name, type: "TXT", ttlSeconds: 3600, rdata });

async function start(
  faults: EdgeDnsFaults,
  sets: readonly RecordSet[] = [],
  options: Partial<ProxyOptions> = {},
): Promise<void> {
  const names = Array.from({ length: 12 }, (_, index) => `h${index}.${zone}`);
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"], requestsPerMinute: 100000 }
grants:
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [${zone}, ${names.join(", ")}] }
`,
    zones: { [zone]: sets },
    faults,
    options,
  });
}

afterEach(async () => {
  for (const agent of agents) agent.destroy();
  agents = [];
  await proxy.stop();
});

/** One lego process: its own connection, kept. */
function lego(name = N, options: SendOptions = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  const send = proxy.as("web", { agent, ...options });
  const target = `${Z}/names/${name}/types/TXT`;
  const read = () => send("GET", target);
  const shown = (answer: Answer) => (answer.json as { rdata: string[] }).rdata;
  return {
    read,
    /** Writes on what an earlier read showed. */
    addTo: (seen: Answer, own: string) =>
      seen.status === 404
        ? send("POST", target, body([`"${own}"`], name))
        : send("PUT", target, body([...shown(seen), `"${own}"`], name)),
    removeFrom: (seen: Answer, own: string) => {
      const rest = shown(seen).filter((each) => each !== `"${own}"`);
      const stripped = rest.map((each) => each.replaceAll('"', ""));
      return rest.length === 0 ? send("DELETE", target) : send("PUT", target, body(stripped, name));
    },
  };
}

/** Every client reads before any of them writes: the worst case of read, change, write. */
async function raceToAdd(count: number): Promise<number[]> {
  const clients = Array.from({ length: count }, () => lego());
  const seen = await Promise.all(clients.map((client) => client.read()));
  const answers = await Promise.all(clients.map((client, index) => client.addTo(seen[index] as Answer, value(index))));
  answers.forEach((answer, index) => expect(answer.text).toContain(value(index)));
  return answers.map((answer) => answer.status);
}

const standing = () => [...(proxy.store.recordSet(zone, N, "TXT")?.rdata ?? [])].sort();
const values = (count: number) => Array.from({ length: count }, (_, index) => `"${value(index)}"`).sort();

test("three on one set: nobody's value is lost", async () => {
  await start(calmEdgeDns, [txt(N, foreign)]);
  expect(await raceToAdd(3)).toEqual([200, 200, 200]);
  expect(standing()).toEqual([foreign, ...values(3)].sort());
});

test("three on a new name: all of them created it", async () => {
  await start(calmEdgeDns);
  expect(await raceToAdd(3)).toEqual([201, 201, 201]);
  expect(standing()).toEqual(values(3));
});

test("three clean up at once: each takes away its own and nothing else", async () => {
  await start(calmEdgeDns, [txt(N, foreign, ...values(3))]);
  const clients = [lego(), lego(), lego()];
  const seen = await Promise.all(clients.map((client) => client.read()));
  const answers = await Promise.all(
    clients.map((client, index) => client.removeFrom(seen[index] as Answer, value(index))),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(proxy.store.recordSet(zone, N, "TXT")).toEqual(txt(N, foreign));
});

test("without kept connections, and with a late reader in between, nobody's value is lost", async () => {
  await start(calmEdgeDns, [txt(N, foreign)]);
  const send = proxy.as("web");
  await send("GET", path);
  await send("GET", path);
  expect((await send("PUT", path, body([foreign, value(1)]))).status).toBe(200);
  await send("GET", path);
  expect((await send("PUT", path, body([foreign, value(2)]))).status).toBe(200);
  expect(standing()).toEqual([foreign, `"${value(1)}"`, `"${value(2)}"`].sort());
});

test("a PUT by a client that read nothing takes away only what it wrote itself", async () => {
  await start(calmEdgeDns, [txt(N, `"${value(9)}"`)]);
  const send = proxy.as("web");
  expect((await send("PUT", path, body([value(1), value(2)]))).status).toBe(200);
  expect((await send("PUT", path, body([value(2)]))).status).toBe(200);
  expect(standing()).toEqual([`"${value(2)}"`, `"${value(9)}"`]);
});

test("twelve clients at twelve names and one in common, a hostile Edge DNS: no conflict, nothing lost, all gone", async () => {
  await start(hostileEdgeDns, [txt(N, foreign), txt(`other.${zone}`, foreign)]);
  const statuses = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const seen: number[] = [];
      for (const name of [N, `_acme-challenge.h${index}.${zone}`]) {
        const client = lego(name);
        const before = await client.read();
        const added = await client.addTo(before, value(index));
        expect(added.text).toContain(value(index));
        const again = await client.read();
        const removed = await client.removeFrom(again, value(index));
        seen.push(before.status, added.status, again.status, removed.status);
      }
      return seen;
    }),
  );
  expect(statuses).toEqual(Array.from({ length: 12 }, () => [200, 200, 200, 200, 404, 201, 200, 204]));
  const left = proxy.store.recordSets(zone).filter(({ type }) => type === "TXT");
  expect(left).toEqual([txt(N, foreign), txt(`other.${zone}`, foreign)]);
  const versions = proxy.audit().filter(({ event }) => event === "write");
  expect(versions).toHaveLength(48);
});

test.each([
  ["POST", 201],
  ["PUT", 200],
  ["DELETE", 204],
])("a %s whose answer from Edge DNS is lost is read back and succeeds", async (method, status) => {
  await start(calmEdgeDns, method === "POST" ? [] : [txt(N, `"${value(1)}"`)]);
  const send = proxy.as("web");
  if (method !== "POST") await send("GET", path);
  proxy.gate.set({ part: "edge-dns", operation: operationOf(method), nth: 1, action: "break-after" });
  const answer = await send(method, path, method === "DELETE" ? undefined : body([value(1), value(2)]));
  expect(answer.status).toBe(status);
  expect(standing()).toEqual(method === "DELETE" ? [] : values(3).slice(1));
  expect(proxy.gate.history.filter(({ operation }) => operation === operationOf(method))).toHaveLength(1);
});

test("somebody beside the proxy creates the set between read and write: the write is planned anew", async () => {
  await start(calmEdgeDns);
  const trap = proxy.gate.set({ part: "edge-dns", operation: operationOf("POST"), nth: 1, action: "hold" });
  const answer = proxy.as("web")("POST", path, body([value(1)]));
  await trap.caught;
  proxy.store.write(zone, { put: [txt(N, foreign)] });
  trap.release();
  expect((await answer).status).toBe(201);
  expect(proxy.store.recordSet(zone, N, "TXT")).toEqual(txt(N, foreign, `"${value(1)}"`));
});

test("Edge DNS down for longer than anybody waits: no false success", async () => {
  await start({ ...calmEdgeDns, serverErrorRate: 1 });
  const answer = await proxy.as("web")("POST", path, body([value(1)]));
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
});

test("a rate limit of Akamai that lasts longer than the proxy waits is told to the client, with its end", async () => {
  await start({ ...calmEdgeDns, throttleRate: 1, throttleMs: 40_000 });
  const send = proxy.as("web");
  for (const answer of await Promise.all([send("GET", path), send("POST", path, body([value(1)]))])) {
    const detail = expect.stringMatching(/^Akamai limits the requests of this proxy: try again in \d+ s$/) as string;
    expect(answer).toMatchObject({ status: 429, json: { detail } });
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(20);
    expect(Date.parse(String(answer.headers["x-ratelimit-next"]))).toBeGreaterThan(Date.now());
  }
});

test("Edge DNS that never answers: reads and writes end at the deadline, also those behind", async () => {
  await start(calmEdgeDns, [], { limits: { deadlineMs: 200 } });
  const hold = { part: "edge-dns", operation: operationOf("GET"), nth: 1, action: "hold" } as const;
  const traps = Array.from({ length: 6 }, () => proxy.gate.set(hold));
  const send = proxy.as("web");
  const answers = await Promise.all([
    send("POST", path, body([value(1)])),
    send("GET", path),
    send("POST", path, body([value(2)])),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  for (const trap of traps) trap.release();
});

test("a proxy that stops finishes what it has begun", async () => {
  await start(calmEdgeDns);
  const trap = proxy.gate.set({ part: "edge-dns", operation: operationOf("POST"), nth: 1, action: "hold" });
  const { addTo, read } = lego();
  const answer = addTo(await read(), value(1));
  await trap.caught;
  const stopped = proxy.closeProxies();
  trap.release();
  expect((await answer).status).toBe(201);
  await stopped;
  await expect(lego().read()).rejects.toThrow(/ECONNREFUSED|hang up|reset/);
  expect(proxy.audit().at(-1)).toMatchObject({ event: "write", outcome: "done" });
});

function operationOf(method: string): string {
  return `${method} recordset`;
}
