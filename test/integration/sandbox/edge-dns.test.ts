/** The sandbox's Edge DNS keeps Akamai's rules: asked directly, without our client in between. */
import { signEdgeGrid, type EdgeGridCredentials } from "../../../src/akamai/edgegrid-sign";
import type { RecordSet } from "../../../src/dns/record-set";
import { HttpClient, type HttpResponse } from "../../../src/platform/http";
import { calmEdgeDns, type EdgeDnsFaults } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import { startEdgeDns, type RunningEdgeDns } from "../../../src/sandbox/edge-dns/start-edge-dns";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { ZoneStore } from "../../../src/sandbox/zone-store";

const zoneUrl = "/config-dns/v2/zones/example.test";
const setUrl = (name: string, type = "TXT") => `${zoneUrl}/names/${name}/types/${type}`;
const body = (name: string, rdata: readonly string[], changes: object = {}) =>
  JSON.stringify({ name, type: "TXT", ttl: 60, rdata, ...changes });
const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({ name, type, ttlSeconds: 60, rdata });

let now = Date.parse("2026-01-02T03:04:05Z");
const clock = { now: () => new Date(now) };
const gate = new RequestGate();
let server: RunningEdgeDns;
let store: ZoneStore;
let http: HttpClient;

beforeEach(async () => {
  store = new ZoneStore(clock);
  store.createZone("example.test", [
    set("www.example.test", "A", "192.0.2.1"),
    set("alias.example.test", "CNAME", "a.test."),
  ]);
  store.createZone("foreign.test");
  const users = [{ name: "team", zones: ["example.test"] }, { name: "other" }];
  server = await startEdgeDns({ store, gate, faults: calmEdgeDns, users, clock });
  http = new HttpClient({ ca: server.caPem });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

interface Sent {
  readonly body?: string;
  readonly contentType?: string;
  readonly credentials?: EdgeGridCredentials;
  readonly offsetMs?: number;
}

async function send(method: string, target: string, sent: Sent = {}): Promise<HttpResponse & { readonly json: Json }> {
  const signedAt = { now: () => new Date(now + (sent.offsetMs ?? 0)) };
  const authorization = signEdgeGrid(
    sent.credentials ?? server.credentials,
    { method, target, body: sent.body },
    { clock: signedAt },
  );
  const response = await http.send({
    method,
    url: `https://${server.host}:${server.port}${target}`,
    headers: {
      authorization,
      ...(sent.body === undefined ? {} : { "content-type": sent.contentType ?? "application/json" }),
    },
    body: sent.body,
  });
  return { ...response, json: response.body === "" ? {} : (JSON.parse(response.body) as Json) };
}

type Json = Readonly<Record<string, unknown>>;

const faulty = (changes: Partial<EdgeDnsFaults>) => server.setFaults({ ...calmEdgeDns, ...changes });

test("creates, reads, replaces and deletes a set, and each write is a version of the zone", async () => {
  const url = setUrl("_x.example.test");
  const before = (await send("GET", zoneUrl)).json.versionId;
  const created = await send("POST", url, { body: body("_x.example.test", ['"one"']) });
  expect(created).toMatchObject({ status: 201, headers: { location: url } });
  expect((await send("GET", url)).json).toEqual({ name: "_x.example.test", type: "TXT", ttl: 60, rdata: ['"one"'] });
  expect((await send("PUT", url, { body: body("_x.example.test", ['"two"'], { ttl: "600" }) })).status).toBe(200);
  expect((await send("GET", url)).json).toMatchObject({ ttl: 600, rdata: ['"two"'] });
  expect(await send("DELETE", url)).toMatchObject({ status: 204, body: "" });
  expect((await send("GET", url)).status).toBe(404);
  expect((await send("GET", zoneUrl)).json.versionId).not.toBe(before);
  expect(store.recordSet("example.test", "example.test", "SOA")?.rdata[0]).toMatch(/ 4 3600 600 604800 300$/);
});

test("letter case and a final dot carry no meaning; an asterisk is a literal label", async () => {
  expect((await send("POST", setUrl("_Y.Example.test."), { body: body("_y.EXAMPLE.test.", ['"v"']) })).status).toBe(
    201,
  );
  expect((await send("GET", setUrl("_y.example.TEST"))).json.name).toBe("_y.example.test");
  expect((await send("POST", setUrl("*.example.test"), { body: body("*.example.test", ['"w"']) })).status).toBe(201);
  expect((await send("GET", setUrl("%2A.example.test"))).json.rdata).toEqual(['"w"']);
});

test.each([
  ["quoted text is kept", ['"say \\"hi\\"; \\\\"'], ['"say \\"hi\\"; \\\\"']],
  ["bare text is quoted", ["abc"], ['"abc"']],
  ["bare text ends at a semicolon", ["v=spf1; -all"], ['"v=spf1"']],
  ["bare text is split at blanks", ["a b"], ['"a" "b"']],
  ["a value given twice counts once", ["abc", '"abc"', '"x"'], ['"abc"', '"x"']],
])("TXT: %s", async (_what, sent, kept) => {
  await send("POST", setUrl("t.example.test"), { body: body("t.example.test", sent) });
  expect((await send("GET", setUrl("t.example.test"))).json.rdata).toEqual(kept);
});

test.each<[string, string, string, Sent, number, string]>([
  [
    "POST on a set that is there",
    "POST",
    setUrl("www.example.test", "A"),
    { body: body("www.example.test", ["192.0.2.2"], { type: "A" }) },
    409,
    "duplicateRecordSet",
  ],
  [
    "PUT on a set that is not",
    "PUT",
    setUrl("no.example.test"),
    { body: body("no.example.test", ['"v"']) },
    400,
    "badRequest",
  ],
  ["DELETE of a set that is not", "DELETE", setUrl("no.example.test"), {}, 404, "notFound"],
  ["a zone that is not", "GET", "/config-dns/v2/zones/nope.test", {}, 404, "notFound"],
  ["a zone of others", "GET", "/config-dns/v2/zones/foreign.test", {}, 403, "forbidden"],
  [
    "another name in the body",
    "POST",
    setUrl("a.example.test"),
    { body: body("b.example.test", ['"v"']) },
    400,
    "badRequest",
  ],
  [
    "another type in the body",
    "POST",
    setUrl("a.example.test"),
    { body: body("a.example.test", ['"v"'], { type: "A" }) },
    400,
    "badRequest",
  ],
  [
    "a name outside the zone",
    "POST",
    setUrl("evil-example.test"),
    { body: body("evil-example.test", ['"v"']) },
    400,
    "badRequest",
  ],
  ["no records", "POST", setUrl("a.example.test"), { body: body("a.example.test", []) }, 400, "badRequest"],
  [
    "a TTL that is none",
    "POST",
    setUrl("a.example.test"),
    { body: body("a.example.test", ['"v"'], { ttl: -1 }) },
    400,
    "badRequest",
  ],
  ["an open quote", "POST", setUrl("a.example.test"), { body: body("a.example.test", ['"v']) }, 400, "badRequest"],
  [
    "a string of 256 octets",
    "POST",
    setUrl("a.example.test"),
    { body: body("a.example.test", [`"${"x".repeat(256)}"`]) },
    400,
    "badRequest",
  ],
  ["no JSON", "POST", setUrl("a.example.test"), { body: "{" }, 400, "badRequest"],
  [
    "another media type",
    "POST",
    setUrl("a.example.test"),
    { body: body("a.example.test", ['"v"']), contentType: "text/plain" },
    415,
    "unsupportedMediaType",
  ],
  [
    "a CNAME beside others",
    "POST",
    setUrl("www.example.test", "CNAME"),
    { body: body("www.example.test", ["a.test."], { type: "CNAME" }) },
    400,
    "cnameCollision",
  ],
  [
    "others beside a CNAME",
    "POST",
    setUrl("alias.example.test"),
    { body: body("alias.example.test", ['"v"']) },
    400,
    "cnameCollision",
  ],
  [
    "two targets of a CNAME",
    "POST",
    setUrl("c.example.test", "CNAME"),
    { body: body("c.example.test", ["a.test.", "b.test."], { type: "CNAME" }) },
    400,
    "badRequest",
  ],
  ["a serial of its own", "DELETE", setUrl("example.test", "SOA"), {}, 400, "badRequest"],
  ["another method", "PATCH", setUrl("www.example.test", "A"), {}, 405, "illegalMethod"],
  ["a whole zone of nothing", "PUT", `${zoneUrl}/recordsets`, { body: "{}" }, 400, "badRequest"],
  ["a zone", "POST", "/config-dns/v2/zones?contractId=1&gid=2", { body: "{}" }, 403, "pep-authz/deny"],
  ["a zone file", "GET", `${zoneUrl}/zone-file`, {}, 403, "pep-authz/deny"],
  ["another API", "GET", "/papi/v1/contracts", {}, 403, "pep-authz/deny"],
])("refuses %s", async (_what, method, url, sent, status, type) => {
  const answer = await send(method, url, sent);
  expect(answer).toMatchObject({ status, headers: { "content-type": "application/problem+json" } });
  expect(answer.json).toMatchObject({ status, type: expect.stringMatching(new RegExp(`${type}$`)) as string });
});

test("a zone that somebody keeps locked refuses writes, and no reads, until they are done", async () => {
  const url = setUrl("_x.example.test");
  const unlock = server.lockZone("example.test");
  const refused = await send("POST", url, { body: body("_x.example.test", ['"one"']) });
  expect([refused.status, refused.json.title]).toEqual([409, "Concurrent Zone Modification"]);
  expect((await send("GET", setUrl("www.example.test", "A"))).status).toBe(200);
  unlock();
  expect((await send("POST", url, { body: body("_x.example.test", ['"one"']) })).status).toBe(201);
});

test("checks signature, token and clock before anything else", async () => {
  const { credentials } = server;
  const nowhere = "/config-dns/v2/zones/nope.test";
  expect(await send("GET", nowhere, { credentials: { ...credentials, clientSecret: "x" } })).toMatchObject({
    status: 401,
  });
  expect(await send("GET", nowhere, { credentials: { ...credentials, clientToken: "x" } })).toMatchObject({
    status: 401,
  });
  expect((await send("GET", nowhere, { offsetMs: -31_000 })).json).toMatchObject({
    status: 400,
    detail: "Invalid timestamp",
  });
  const bare = await http.send({ method: "GET", url: `https://${server.host}:${server.port}${nowhere}` });
  expect(bare.status).toBe(400);
});

test("the zone is locked while a write is in progress, for all names in it", async () => {
  faulty({ zoneLockMs: { least: 30, most: 30 } });
  const names = ["a", "b", "c"].map((label) => `${label}.example.test`);
  const answers = await Promise.all(names.map((name) => send("POST", setUrl(name), { body: body(name, ['"v"']) })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.json.type).toMatch(/concurrentZoneModification$/);
});

test("a zone is PENDING after a write until its servers have it", async () => {
  faulty({ activationDelayMs: 5_000 });
  const state = async () => (await send("GET", zoneUrl)).json.activationState;
  expect(await state()).toBe("ACTIVE");
  await send("POST", setUrl("a.example.test"), { body: body("a.example.test", ['"v"']) });
  expect(await state()).toBe("PENDING");
  now += 5_000;
  expect(await state()).toBe("ACTIVE");
});

test("lists come in pages, an empty one behind the last, and hold what the user may see", async () => {
  for (let i = 0; i < 5; i++) store.write("example.test", { put: [set(`t${i}.example.test`, "TXT", `"${i}"`)] });
  const page = async (number: number) =>
    (await send("GET", `${zoneUrl}/recordsets?types=TXT&page=${number}&pageSize=3`)).json;
  expect(await page(1)).toMatchObject({
    metadata: { page: 1, pageSize: 3, totalElements: 5 },
    recordsets: { length: 3 },
  });
  expect(await page(2)).toMatchObject({ recordsets: [{ name: "t3.example.test" }, { name: "t4.example.test" }] });
  expect(await page(3)).toMatchObject({ recordsets: [] });
  expect((await send("GET", `${zoneUrl}/recordsets?showAll=true&search=t3`)).json.recordsets).toHaveLength(1);
  expect((await send("GET", "/config-dns/v2/zones")).json).toMatchObject({ zones: [{ zone: "example.test" }] });
  const all = await send("GET", "/config-dns/v2/zones", { credentials: server.users.get("other") });
  expect(all.json.zones).toHaveLength(2);
  expect(
    (await send("GET", "/config-dns/v2/zones?search=forei", { credentials: server.users.get("other") })).json.zones,
  ).toHaveLength(1);
});

test("names and types of a zone", async () => {
  expect((await send("GET", `${zoneUrl}/names`)).json.names).toEqual([
    "alias.example.test",
    "example.test",
    "ns1.example.test",
    "ns2.example.test",
    "www.example.test",
  ]);
  expect((await send("GET", `${zoneUrl}/names/example.test/types`)).json.types).toEqual(["NS", "SOA"]);
  expect((await send("GET", `${zoneUrl}/names/none.example.test/types`)).json.types).toEqual([]);
});

test("each fault can be had alone", async () => {
  faulty({ throttleRate: 1, throttleMs: 2_000 });
  expect(await send("GET", zoneUrl)).toMatchObject({
    status: 429,
    headers: { "x-ratelimit-next": new Date(now + 2_000).toISOString() },
  });
  faulty({ serverErrorRate: 1 });
  expect((await send("DELETE", setUrl("www.example.test", "A"))).json.type).toMatch(/serverError$/);
  expect(store.recordSet("example.test", "www.example.test", "A")).toBeDefined();
  faulty({ droppedRequestRate: 1 });
  await expect(send("DELETE", setUrl("www.example.test", "A"))).rejects.toMatchObject({ code: "network" });
  expect(store.recordSet("example.test", "www.example.test", "A")).toBeDefined();
  faulty({ lostResponseRate: 1 });
  await expect(send("DELETE", setUrl("www.example.test", "A"))).rejects.toMatchObject({ code: "network" });
  expect(store.recordSet("example.test", "www.example.test", "A")).toBeUndefined();
  faulty({ lateErrorRate: 1 });
  expect((await send("POST", setUrl("l.example.test"), { body: body("l.example.test", ['"v"']) })).status).toBe(500);
  expect(store.recordSet("example.test", "l.example.test", "TXT")).toBeDefined();
});

test("the gate sees each request and can break one on either side of the work", async () => {
  const from = gate.history.length;
  gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "break-before" });
  const post = () => send("POST", setUrl("g.example.test"), { body: body("g.example.test", ['"v"']) });
  await expect(post()).rejects.toMatchObject({ code: "network" });
  expect(store.recordSet("example.test", "g.example.test", "TXT")).toBeUndefined();
  gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "break-after" });
  await expect(post()).rejects.toMatchObject({ code: "network" });
  expect(store.recordSet("example.test", "g.example.test", "TXT")).toBeDefined();
  const seen = { part: "edge-dns", operation: "POST recordset", subject: "g.example.test/TXT" };
  expect(gate.history.slice(from)).toEqual([seen, seen]);
});
