import { deriveCredentials, parseMasterKey } from "../../../src/proxy/identity/client-secret";
import { masterKeyText, TestProxy, type Send } from "../../support/running-proxy";

const zone = "example.test";
const Z = `/config-dns/v2/zones/${zone}`;
const a = (name: string, ...rdata: string[]) => ({ name: `${name}.${zone}`, type: "A", ttlSeconds: 300, rdata });
const lab = `${Z}/names/h.lab.${zone}/types/A`;
const labBody = (rdata: string[], ttl = 300) => ({ name: `h.lab.${zone}`, type: "A", ttl, rdata });

let proxy: TestProxy;
let send: Send;

beforeEach(async () => {
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: lab, tokens: ["{token:lab}"], expires: 2099-01-01 }
  - { name: blind, tokens: ["{token:blind}"] }
grants:
  - { client: lab, zone: ${zone}, names: ["**.lab.${zone}"], types: [A, TXT], actions: [read, create, update, delete], values: '^10\\.', ttlSeconds: { min: 30, max: 3600 } }
  - { client: lab, zone: ${zone}, allow: acm-validation, names: [app.${zone}] }
  - { client: blind, zone: ${zone}, allow: acme-challenge, names: [${zone}], actions: [create, delete] }
  - { client: lab, zone: gone.test, allow: acme-challenge, names: [gone.test] }
`,
    zones: {
      [zone]: [a("www", "192.0.2.1"), a("x.lab", "10.0.0.1"), a("y.lab", "10.0.0.2"), a("z.lab", "10.0.0.3")],
      "secret.test": [],
    },
  });
  send = proxy.as("lab");
});

afterEach(() => proxy.stop());

test("zones that are not granted do not exist", async () => {
  const answer = await send("GET", "/config-dns/v2/zones/secret.test");
  expect(answer).toMatchObject({ status: 404, json: { detail: "Unable to find zone 'secret.test'" } });
  const nowhere = await send("GET", "/config-dns/v2/zones/nowhere.test");
  expect(nowhere.text.replaceAll("nowhere", "secret").length).toBe(answer.text.length);
  expect((await send("PUT", "/config-dns/v2/zones/secret.test/names/a.secret.test/types/A", "no JSON")).status).toBe(
    404,
  );
  const zones = await send("GET", "/config-dns/v2/zones?showAll=true");
  expect(zones.json).toMatchObject({ metadata: { totalElements: 1 }, zones: [{ zone, contractId: "C-SANDBOX" }] });
});

test("zones that are granted but gone from Edge DNS", async () => {
  const name = "_acme-challenge.gone.test";
  const path = `/config-dns/v2/zones/gone.test/names/${name}/types/TXT`;
  const body = { name, type: "TXT", ttl: 60, rdata: ["v".repeat(43)] };
  const problem = { status: 404, json: { detail: "Unable to find zone 'gone.test'" } };
  expect(await send("GET", "/config-dns/v2/zones/gone.test")).toMatchObject(problem);
  expect(await send("GET", path)).toMatchObject(problem);
  expect(await send("POST", path, body)).toMatchObject(problem);
});

test("lists hold what the client may read, with totals of their own", async () => {
  expect((await send("GET", `${Z}/recordsets?pageSize=2&sortBy=-name`)).json).toEqual({
    metadata: { zone, types: ["A"], page: 1, pageSize: 2, showAll: false, totalElements: 3, lastPage: 2 },
    recordsets: [
      { name: `z.lab.${zone}`, type: "A", ttl: 300, rdata: ["10.0.0.3"] },
      { name: `y.lab.${zone}`, type: "A", ttl: 300, rdata: ["10.0.0.2"] },
    ],
  });
  expect((await send("GET", `${Z}/recordsets?page=9`)).json).toMatchObject({ recordsets: [] });
  expect((await send("GET", `${Z}/recordsets?search=0.0.2&types=A`)).json).toMatchObject({
    metadata: { totalElements: 1 },
  });
  expect((await send("GET", `${Z}/names`)).json).toEqual({ names: ["x", "y", "z"].map((x) => `${x}.lab.${zone}`) });
  expect((await send("GET", `${Z}/names/x.lab.${zone}/types`)).json).toEqual({ types: ["A"] });
  expect((await send("GET", `${Z}/names/www.${zone}/types`)).json).toEqual({ types: [] });
});

test("what a client may not do in a zone it knows is said", async () => {
  const www = `${Z}/names/www.${zone}/types/A`;
  const refusals: [string, string, unknown, string][] = [
    ["GET", www, undefined, `no grant for the name www.${zone}`],
    ["DELETE", www, undefined, `no grant for the name www.${zone}`],
    ["POST", lab, labBody(["192.0.2.9"]), "the value 192.0.2.9 is not among those granted (values like ^10\\.)"],
    ["POST", lab, labBody(["10.0.0.9"], 5), "a TTL of 5 s is outside 30 to 3600 s"],
    [
      "POST",
      `${Z}/zone-file`,
      "text",
      "POST /config-dns/v2/zones/*/zone-file is not open through this proxy: a zone file",
    ],
    ["GET", `${Z}/key`, undefined, "is not open through this proxy: TSIG keys are secrets"],
    ["GET", "/config-dns/v2/keys", undefined, "is not open through this proxy: TSIG keys are secrets"],
    ["POST", `/config-dns/v2/changelists?zone=${zone}`, "", "is not open through this proxy: all clients would share"],
    ["GET", `${Z}/versions`, undefined, "is not open through this proxy: versions hold records of others"],
    ["POST", "/config-dns/v2/zones?contractId=1&gid=2", {}, "is not open through this proxy: zones are made"],
    ["DELETE", "/config-dns/v2/zones/*", {}, "is not open through this proxy: zones are made"],
    ["POST", "/config-dns/v2/zones/delete-requests", {}, "is not open through this proxy: zones are made"],
    [
      "POST",
      "/config-dns/v2/zones/dns-sec-status",
      { zones: [zone] },
      "is not open through this proxy: they are asked",
    ],
    ["GET", "/config-dns/v2/data/contracts", undefined, "of the account's data only /data/authorities is served"],
    ["GET", `${Z}?accountSwitchKey=1-ABC`, undefined, "accountSwitchKey is not accepted"],
    ["GET", `${Z}?%61ccountSwitchKey=1-ABC`, undefined, "accountSwitchKey is not accepted"],
  ];
  for (const [method, target, body, detail] of refusals) {
    const answer = await send(method, target, body);
    expect(answer).toMatchObject({
      status: 403,
      json: {
        type: expect.stringMatching(/forbidden$/) as unknown,
        detail: expect.stringContaining(detail) as unknown,
      },
    });
  }
  expect(proxy.gate.history.filter(({ operation }) => !operation.startsWith("GET"))).toEqual([]);
});

test("a write that no state of the set would make allowed neither queues nor reads upstream", async () => {
  const trap = proxy.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
  const running = send("POST", lab, labBody(["10.0.0.1"]));
  await trap.caught;
  const reads = proxy.gate.history.length;
  const validation = `${Z}/names/_${"0a".repeat(16)}.app.${zone}/types/CNAME`;
  const www = `${Z}/names/www.${zone}/types/A`;
  const refused = await Promise.all([
    send("PUT", www, { ...labBody(["10.0.0.1"]), name: `www.${zone}` }),
    send("DELETE", www),
    send("DELETE", lab.replace(/A$/, "CNAME")),
    send("DELETE", validation),
  ]);
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(refused[3]?.text).toContain("to delete is not granted, only to read, create");
  expect(proxy.gate.history).toHaveLength(reads);
  const denied = proxy.audit().filter(({ verdict }) => verdict === "deny");
  expect(denied.map(({ reason }) => reason).sort()).toEqual([
    "action-not-granted",
    "name-not-granted",
    "name-not-granted",
    "type-not-granted",
  ]);
  trap.release();
  expect((await running).status).toBe(201);
});

test.each<[string, string, string, string | undefined]>([
  [
    "a key twice",
    "POST",
    lab,
    `{"name":"h.lab.${zone}","type":"A","ttl":60,"rdata":["10.0.0.1"],"rdata":["10.0.0.2"]}`,
  ],
  [
    "a key twice in escapes",
    "POST",
    lab,
    `{"name":"h.lab.${zone}","type":"A","ttl":60,"rdata":["10.0.0.1"],"\\u0074tl":9}`,
  ],
  ["two documents", "POST", lab, `${JSON.stringify(labBody(["10.0.0.1"]))}{}`],
  ["no JSON", "POST", lab, "rdata=10.0.0.1"],
  ["another name", "POST", lab, JSON.stringify({ ...labBody(["10.0.0.1"]), name: `www.${zone}` })],
  ["another type", "POST", lab, JSON.stringify({ ...labBody(["10.0.0.1"]), type: "AAAA" })],
  ["an unknown key", "POST", lab, JSON.stringify({ ...labBody(["10.0.0.1"]), zone: "x" })],
  ["no values", "POST", lab, JSON.stringify(labBody([]))],
  ["a fractional TTL", "POST", lab, JSON.stringify(labBody(["10.0.0.1"], 60.5))],
  ["a second line", "POST", lab, JSON.stringify(labBody(["10.0.0.1\n@ A 192.0.2.1"]))],
  ["a comment", "POST", lab, JSON.stringify(labBody(["10.0.0.1 ; x"]))],
  ["no address", "POST", lab, JSON.stringify(labBody(["10.evil"]))],
  ["an encoded slash", "GET", lab.replace("h.lab", "h%2Flab"), undefined],
  ["an encoded dot segment", "GET", lab.replace(`h.lab.${zone}`, "%2e%2e"), undefined],
  ["an empty segment", "GET", lab.replace("/names", "//names"), undefined],
  ["a broken escape", "GET", lab.replace("h.lab", "h%zzlab"), undefined],
  ["a double escape", "GET", lab.replace("h.lab", "h%252Elab"), undefined],
  ["a control character", "GET", lab.replace("h.lab", "h%00lab"), undefined],
  ["Unicode", "GET", lab.replace("h.lab", "h%C3%A4lab"), undefined],
  ["an unknown type", "GET", `${lab}X`, undefined],
  ["an unknown parameter", "GET", `${lab}?force=true`, undefined],
  ["a parameter twice", "GET", `${Z}/recordsets?page=1&page=2`, undefined],
  ["a page before the first", "GET", `${Z}/recordsets?page=0`, undefined],
  ["an unknown column", "GET", `${Z}/recordsets?sortBy=constructor`, undefined],
])("%s is a bad request and goes nowhere", async (_, method, target, body) => {
  const answer = await send(method, target, body);
  expect({ status: answer.status, type: answer.headers["content-type"] }).toEqual({
    status: 400,
    type: "application/problem+json",
  });
  expect(proxy.gate.history.filter(({ operation }) => !operation.startsWith("GET"))).toEqual([]);
});

test("spellings of one name are one name, and what is sent on is rebuilt", async () => {
  const odd = lab.replace(`h.lab.${zone}`, `H%2elab.Example.TEST.`).replace("/A", "/a");
  const answer = await send("POST", odd, {
    name: `H.LAB.${zone}.`,
    type: "a",
    ttl: 60,
    rdata: [" 10.0.0.1"],
    active: true,
  });
  expect(answer).toMatchObject({
    status: 201,
    headers: { location: lab },
    json: { name: `h.lab.${zone}`, type: "A", ttl: 60, rdata: ["10.0.0.1"] },
  });
  expect(proxy.store.recordSet(zone, `h.lab.${zone}`, "A")?.rdata).toEqual(["10.0.0.1"]);
});

test("the longest name there can be", async () => {
  const long = `${[60, 60, 60, 40].map((length) => "a".repeat(length)).join(".")}.lab.${zone}`;
  const target = lab.replace(`h.lab.${zone}`, long);
  const body = { ...labBody(["10.0.0.1"]), name: long };
  expect((await send("POST", target, body)).status).toBe(201);
  expect((await send("GET", target)).json).toEqual(body);
  expect((await send("GET", target.replace("aaa", "aaaaaaa"))).status).toBe(400);
});

test("without merging, POST creates and PUT replaces, as Edge DNS does it", async () => {
  expect((await send("PUT", lab, labBody(["10.0.0.1"]))).status).toBe(400);
  expect((await send("DELETE", lab)).status).toBe(404);
  expect((await send("POST", lab, labBody(["10.0.0.1"]))).status).toBe(201);
  expect(await send("POST", lab, labBody(["10.0.0.2"]))).toMatchObject({
    status: 409,
    json: { type: "https://problems.luna.akamaiapis.net/authoritative-dns/duplicateRecordSet" },
  });
  expect((await send("PUT", lab, labBody(["10.0.0.2"]))).json).toEqual(labBody(["10.0.0.2"]));
  expect((await send("DELETE", lab)).status).toBe(204);
});

test("ACM's CNAME: created, repeated in another spelling, never replaced or removed", async () => {
  const name = `_${"0a".repeat(16)}.app.${zone}`;
  const target = `_${"1b".repeat(16)}.djqtsrsxkq.acm-validations.aws`;
  const path = `${Z}/names/${name}/types/CNAME`;
  const body = (rdata: string, ttl = 300) => ({ name, type: "CNAME", ttl, rdata: [rdata] });
  expect((await send("POST", path, body(target))).status).toBe(201);
  expect((await send("POST", path, body(`${target.toUpperCase()}.`, 60))).status).toBe(201);
  expect((await send("PUT", path, body(target.replace("1b", "2c")))).status).toBe(403);
  expect((await send("DELETE", path)).status).toBe(403);
  expect((await send("POST", path, { ...body(target), rdata: [target, "other.test"] })).status).toBe(400);
  expect(proxy.store.recordSet(zone, name, "CNAME")).toMatchObject({ ttlSeconds: 300, rdata: [`${target}.`] });
});

test("a client that may not read hears of its own values only", async () => {
  const name = `_acme-challenge.${zone}`;
  const path = `${Z}/names/${name}/types/TXT`;
  const foreign = [`"${"f".repeat(43)}"`, '"v=spf1 -all"'];
  const standing = { name, type: "TXT", ttlSeconds: 3600, rdata: foreign };
  proxy.store.write(zone, { put: [standing] });
  const blind = proxy.as("blind");
  const own = "o".repeat(43);
  const body = { name, type: "TXT", ttl: 60, rdata: [own] };
  expect(await blind("GET", path)).toMatchObject({ status: 403 });
  expect(await blind("POST", path, body)).toMatchObject({ status: 201, json: { ...body, rdata: [`"${own}"`] } });
  expect(await blind("PUT", path, body)).toMatchObject({ status: 200, json: { ...body, rdata: [`"${own}"`] } });
  expect(proxy.store.recordSet(zone, name, "TXT")?.rdata).toEqual([...foreign, `"${own}"`]);
  expect((await blind("DELETE", path)).status).toBe(204);
  const again = await blind("DELETE", path);
  expect(again.status).toBe(403);
  expect(again.text).not.toMatch(/spf1|ffff|3600/);
  expect(proxy.store.recordSet(zone, name, "TXT")).toEqual(standing);
});

test("Edge DNS's word on the client's own data is passed on", async () => {
  proxy.store.write(zone, { put: [{ name: `h.lab.${zone}`, type: "CNAME", ttlSeconds: 60, rdata: ["x.test."] }] });
  const answer = await send("POST", lab, labBody(["10.0.0.1"]));
  expect(answer).toMatchObject({ status: 400, json: { type: expect.stringMatching(/cnameCollision$/) as unknown } });
});

test("a client is told what it may do", async () => {
  const all = await send("GET", "/unexpired/v1/allowed");
  expect(all.json).toMatchObject({
    client: "lab",
    expires: "2099-01-01T00:00:00.000Z",
    grants: [
      { allow: "records", records: [`**.lab.${zone}`], values: "^10\\.", ttlSeconds: { min: 30, max: 3600 } },
      { allow: "acm-validation", types: ["CNAME"], actions: ["read", "create"], values: expect.any(String) as unknown },
      { allow: "acme-challenge", zone: "gone.test" },
    ],
  });
  const ask = (name: string, action: string) =>
    send("GET", `/unexpired/v1/allowed?zone=${zone}&name=${name}&type=A&action=${action}`);
  expect((await ask(`h.lab.${zone}`, "create")).json).toMatchObject({ allowed: true, grant: { allow: "records" } });
  expect((await ask(`www.${zone}`, "create")).json).toEqual({
    allowed: false,
    reason: "name-not-granted",
    detail: `no grant for the name www.${zone}`,
  });
  expect((await ask(`h.lab.${zone}`, "create,delete")).json).toMatchObject({
    allowed: true,
    grant: { allow: "records" },
  });
  const validation = `/unexpired/v1/allowed?zone=${zone}&name=_${"0a".repeat(16)}.app.${zone}&type=CNAME&action=`;
  expect((await send("GET", `${validation}read,create`)).json).toMatchObject({ allowed: true });
  expect((await send("GET", `${validation}create%2Cdelete`)).json).toMatchObject({
    allowed: false,
    reason: "action-not-granted",
    detail: expect.stringContaining("to delete is not granted") as unknown,
  });
  for (const action of ["destroy", "create,destroy", "create,", ""])
    expect((await ask(`www.${zone}`, action)).status).toBe(400);
  expect((await send("GET", `/unexpired/v1/allowed?zone=${zone}`)).status).toBe(400);
  expect((await proxy.raw("GET", "/unexpired/v1/allowed", undefined, {})).status).toBe(400);
});

test("health needs no signature", async () => {
  expect(await proxy.raw("GET", "/healthz", undefined, {})).toMatchObject({ status: 200, json: { status: "ok" } });
});

test("methods that Edge DNS does not know", async () => {
  expect((await send("PATCH", lab, {})).status).toBe(405);
  expect((await send("OPTIONS", lab)).status).toBe(405);
});

test("what comes to no decision is on record all the same, once", async () => {
  await send("PATCH", lab, {});
  await send("GET", `${lab}/`);
  await send("GET", `${Z}?unknown=1`);
  await send("POST", lab, '{"name":');
  await send("POST", lab, labBody(["no address"]));
  await send("GET", `${Z}/recordsets?sortBy=nothing`);
  const refused = { event: "refused", client: "lab", reason: "invalid", remoteAddress: "127.0.0.1" };
  const allowed = { event: "decision", operation: "list-record-sets" };
  expect(proxy.audit()).toMatchObject([refused, refused, refused, refused, refused, allowed]);
});

test("every decision and every write is on record, and no secret is", async () => {
  await send("POST", lab, labBody(["10.0.0.1"]));
  await send("PUT", lab, labBody(["10.0.0.2"]));
  await send("PUT", lab, labBody(["192.0.2.1"]));
  const set = (rdata: string[]) => ({ name: `h.lab.${zone}`, type: "A", ttlSeconds: 300, rdata });
  const common = { client: "lab", zone, name: `h.lab.${zone}`, type: "A", remoteAddress: "127.0.0.1" };
  const post = { ...common, operation: "create-record-set", before: null, after: set(["10.0.0.1"]) };
  const put = { ...common, operation: "replace-record-set", before: set(["10.0.0.1"]), after: set(["10.0.0.2"]) };
  const entries = proxy.audit();
  expect(entries).toMatchObject([
    { event: "decision", verdict: "allow", grant: "grants[0]", ...post },
    { event: "write", outcome: "done", ...post },
    { event: "decision", verdict: "allow", grant: "grants[0]", ...put },
    { event: "write", outcome: "done", ...put },
    { event: "decision", verdict: "deny", reason: "value-not-granted", before: set(["10.0.0.2"]) },
  ]);
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(3);
  const { clientSecret, accessToken } = proxy.credentials("lab");
  const text = JSON.stringify(entries) + proxy.logged.join("");
  for (const secret of [
    clientSecret,
    accessToken,
    masterKeyText,
    proxy.upstream.credentials.clientSecret,
    "signature=",
  ])
    expect(text).not.toContain(secret);
  const derived = deriveCredentials(parseMasterKey(masterKeyText, "tests"), String(entries[0]?.token));
  expect(derived.clientSecret).toBe(clientSecret);
});
