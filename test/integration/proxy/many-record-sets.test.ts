/** POST and PUT of several record sets: each change is granted by itself, and nothing else in the zone is touched. */
import type { RecordSet } from "../../../src/dns/record-set";
import { calmEdgeDns, hostileEdgeDns, type EdgeDnsFaults } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import type { ProxyOptions } from "../../../src/proxy/start-proxy";
import { TestProxy, type Answer, type Send } from "../../support/running-proxy";

const zone = "example.test";
const Z = `/config-dns/v2/zones/${zone}`;
const target = `${Z}/recordsets`;
const challenge = `_acme-challenge.app.${zone}`;
const value = (index: number) => `"${String(index).padStart(43, "v")}"`;
/** Quotes, escapes, blanks, a semicolon and a comma: what careless clients break. */
const foreignText = String.raw`"v=DKIM1; k=rsa, p=a\"b\\c" "second string"`;

const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({ name, type, ttlSeconds: 300, rdata });
const foreign = [
  set(`www.${zone}`, "A", "192.0.2.1"),
  set(`dkim._domainkey.${zone}`, "TXT", foreignText),
  set(`_acme-challenge.${zone}`, "TXT", foreignText, value(9)),
  set(`x.team.${zone}`, "MX", "10 mail.example.test."),
];
const own = [set(`a.lab.${zone}`, "A", "10.0.0.1"), set(`b.lab.${zone}`, "TXT", foreignText)];

let proxy: TestProxy;
let send: Send;

async function start(
  standing: readonly RecordSet[],
  faults: EdgeDnsFaults = calmEdgeDns,
  options?: Partial<ProxyOptions>,
): Promise<void> {
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: lab, tokens: ["{token:lab}"], requestsPerMinute: 100000 }
  - { name: all, tokens: ["{token:all}"], requestsPerMinute: 100000 }
  - { name: blind, tokens: ["{token:blind}"], requestsPerMinute: 100000 }
grants:
  - client: lab
    zone: ${zone}
    names: ["**.lab.${zone}"]
    types: [A, CNAME, TXT]
    actions: [read, create, update, delete]
    ttlSeconds: { min: 30, max: 3600 }
  - { client: lab, zone: ${zone}, names: [www.${zone}], types: [A], actions: [read] }
  - { client: lab, zone: ${zone}, allow: acme-challenge, names: [app.${zone}] }
  - client: all
    zone: ${zone}
    names: [${zone}, "*.${zone}", "*.*.${zone}"]
    types: [A, TXT, MX, NS, SOA]
    actions: [read, create, update, delete]
  - { client: blind, zone: ${zone}, names: ["**.lab.${zone}"], types: [A], actions: [create] }
`,
    zones: { [zone]: [...foreign, ...standing] },
    faults,
    options,
  });
  send = proxy.as("lab");
}

afterEach(() => proxy.stop());

const body = (...sets: RecordSet[]) => ({
  recordsets: sets.map(({ name, type, ttlSeconds, rdata }) => ({ name, type, ttl: ttlSeconds, rdata })),
});
/** Without SOA and name servers, which the sandbox makes. */
const zoneNow = () =>
  proxy.store.recordSets(zone).filter(({ name, type }) => type !== "SOA" && !/^ns\d|^example/.test(name));
const sorted = (...sets: RecordSet[]) =>
  [...sets].sort((one, other) => (`${one.name} ${one.type}` < `${other.name} ${other.type}` ? -1 : 1));
const upstreamWrites = () =>
  proxy.gate.history.filter(({ operation }) => !operation.startsWith("GET")).map(({ operation }) => operation);
const written = (text: string) => proxy.audit().filter(({ event }) => event === text);

function expectProblem(answer: Answer, status: number, type: string, detail: string): void {
  expect(answer).toMatchObject({
    status,
    json: {
      type: expect.stringMatching(new RegExp(`${type}$`)) as unknown,
      detail: expect.stringContaining(detail) as unknown,
    },
  });
}

describe("POST: all or nothing", () => {
  test("granted sets appear together, as one write; what was sent is rebuilt", async () => {
    await start([]);
    const made = [set(`a.lab.${zone}`, "A", "10.0.0.1"), set(challenge, "TXT", value(1))];
    const sent = {
      recordsets: [
        { name: `A.Lab.${zone}.`, type: "a", ttl: "300", rdata: ["10.0.0.1"], active: true },
        { name: challenge, type: "TXT", ttl: 300, rdata: [value(1).replaceAll('"', "")] },
      ],
    };
    expect(await send("POST", target, sent)).toMatchObject({ status: 204, text: "" });
    expect(zoneNow()).toEqual(sorted(...foreign, ...made));
    expect(upstreamWrites()).toEqual(["POST recordsets"]);
    const [decision] = written("decision");
    expect(decision).toMatchObject({
      operation: "create-record-sets",
      verdict: "allow",
      changes: [
        { name: `a.lab.${zone}`, type: "A", grant: "grants[0]", before: null },
        { name: challenge, type: "TXT", grant: "grants[2]", before: null },
      ],
    });
    expect(written("write")).toMatchObject([{ operation: "create-record-sets", zone, outcome: "done" }]);
  });

  test.each([
    ["a name", set(`www.${zone}`, "A", "10.0.0.1"), "to create is not granted"],
    ["another team's name", set(`x.team.${zone}`, "A", "10.0.0.1"), `no grant for the name x.team.${zone}`],
    ["a type", set(`a.lab.${zone}`, "MX", "10 mail.test."), "records of type MX are not granted"],
    ["a TTL", { ...set(`b.lab.${zone}`, "A", "10.0.0.1"), ttlSeconds: 7 }, "a TTL of 7 s is outside 30 to 3600 s"],
    ["a value", set(challenge, "TXT", '"no digest"'), "is not among those granted"],
  ])("%s that is not granted forbids all of them, and nothing is asked upstream", async (_, bad, detail) => {
    await start([]);
    expectProblem(
      await send("POST", target, body(set(`ok.lab.${zone}`, "A", "10.0.0.1"), bad)),
      403,
      "forbidden",
      detail,
    );
    expect(proxy.gate.history).toEqual([]);
    expect(written("decision")).toMatchObject([{ verdict: "deny", name: bad.name, type: bad.type }]);
  });

  test("a set that is there is a conflict and nothing is made; the same request again is not", async () => {
    await start([]);
    const request = body(...own);
    expect((await send("POST", target, request)).status).toBe(204);
    expect((await send("POST", target, request)).status).toBe(204);
    const more = body(set(`c.lab.${zone}`, "A", "10.0.0.9"), ...own);
    expectProblem(await send("POST", target, more), 409, "duplicateRecordSet", `a.lab.${zone}`);
    expect(
      zoneNow()
        .filter(({ name }) => name.includes(".lab."))
        .map(({ name }) => name),
    ).toEqual(own.map(({ name }) => name));
    expect(upstreamWrites()).toEqual(["POST recordsets"]);
  });

  test("an answer of Edge DNS that is lost is read back; a set made beside the proxy meanwhile is a conflict", async () => {
    await start([]);
    proxy.gate.set({ part: "edge-dns", operation: "POST recordsets", nth: 1, action: "break-after" });
    expect((await send("POST", target, body(...own))).status).toBe(204);
    expect(upstreamWrites()).toEqual(["POST recordsets"]);
    expect(written("write")).toMatchObject([{ outcome: "done" }]);
    const trap = proxy.gate.set({ part: "edge-dns", operation: "POST recordsets", nth: 1, action: "hold" });
    const answer = send(
      "POST",
      target,
      body(set(`c.lab.${zone}`, "A", "10.0.0.3"), set(`d.lab.${zone}`, "A", "10.0.0.4")),
    );
    await trap.caught;
    proxy.store.write(zone, { put: [set(`d.lab.${zone}`, "A", "192.0.2.9")] });
    trap.release();
    expectProblem(await answer, 409, "duplicateRecordSet", `d.lab.${zone}`);
    expect(proxy.store.recordSet(zone, `c.lab.${zone}`, "A")).toBeUndefined();
  });

  test("a set that was changed before it could be read back: the outcome is not known, and that is said", async () => {
    await start([]);
    proxy.gate.set({ part: "edge-dns", operation: "POST recordsets", nth: 1, action: "break-after" });
    const readBack = proxy.gate.set({ part: "edge-dns", operation: "GET recordsets", nth: 2, action: "hold" });
    const answer = send("POST", target, body(...own));
    await readBack.caught;
    proxy.store.write(zone, { put: [set(`a.lab.${zone}`, "A", "192.0.2.9")] });
    readBack.release();
    expectProblem(await answer, 503, "serviceUnavailable", "whether the record sets were made is not known");
    expect(written("write")).toMatchObject([{ operation: "create-record-sets", outcome: "unknown" }]);
  });

  test("values made so are the client's own: it may take them away later", async () => {
    await start([]);
    await send("POST", target, body(set(challenge, "TXT", value(1))));
    expect((await send("DELETE", `${Z}/names/${challenge}/types/TXT`)).status).toBe(204);
  });

  test("Edge DNS down for longer than anybody waits: no false success", async () => {
    await start([], { ...calmEdgeDns, lostResponseRate: 1 });
    expect((await send("POST", target, body(...own))).status).toBe(503);
  });
});

describe("PUT: a whole zone, for a client that sees a part of it", () => {
  const visible = [...own, set(`www.${zone}`, "A", "192.0.2.1")];

  test("what it changes is made, what it cannot read stays to the octet", async () => {
    await start([...own, set(`old.lab.${zone}`, "A", "10.0.0.8")]);
    const before = proxy.store.recordSets(zone).filter(({ type }) => type === "NS");
    const changed = set(`a.lab.${zone}`, "A", "10.0.0.2");
    const made = set(`new.lab.${zone}`, "CNAME", "www.example.test.");
    expect((await send("PUT", target, body(...visible.slice(1), changed, made))).status).toBe(204);
    expect(zoneNow()).toEqual(sorted(...foreign, changed, own[1] as RecordSet, made));
    expect(proxy.store.recordSets(zone).filter(({ type }) => type === "NS")).toEqual(before);
    expect(upstreamWrites()).toEqual(["PUT recordset", "POST recordset", "DELETE recordset"]);
    expect(written("decision")).toMatchObject([
      {
        operation: "replace-record-sets",
        verdict: "allow",
        changes: [{ type: "A" }, { type: "CNAME" }, { type: "A" }],
      },
    ]);
    expect(written("write").map(({ operation, name }) => `${String(operation)} ${String(name)}`)).toEqual([
      `replace-record-set a.lab.${zone}`,
      `create-record-set new.lab.${zone}`,
      `delete-record-set old.lab.${zone}`,
    ]);
  });

  test("the zone as it was read, written back: nothing is sent", async () => {
    await start(own);
    const { recordsets } = (await send("GET", `${target}?showAll=true`)).json as { recordsets: unknown };
    expect((await send("PUT", target, { recordsets })).status).toBe(204);
    expect(upstreamWrites()).toEqual([]);
    expect(written("decision").at(-1)).toMatchObject({ operation: "replace-record-sets", changes: [] });
  });

  test.each([
    ["a deletion", own, `www.${zone} A: to delete is not granted`],
    ["a change", [...own, set(`www.${zone}`, "A", "10.6.6.6")], `www.${zone} A: to update is not granted`],
    ["a set that it cannot see", [...visible, foreign[3] as RecordSet], `no grant for the name x.team.${zone}`],
    ["a TTL", [...visible.slice(1), { ...visible[0], ttlSeconds: 7 } as RecordSet], "a TTL of 7 s is outside"],
  ])("%s that is not granted: forbidden, and nothing is done", async (_, sent, detail) => {
    await start(own);
    const changed = [...sent, set(`new.lab.${zone}`, "A", "10.0.0.7")];
    expectProblem(await send("PUT", target, body(...changed)), 403, "forbidden", detail);
    expect(upstreamWrites()).toEqual([]);
    expect(zoneNow()).toEqual(sorted(...foreign, ...own));
  });

  test("a set that a client may make and not see is made, not overwritten", async () => {
    await start(own);
    const wanted = set(`a.lab.${zone}`, "A", "10.0.0.66");
    expectProblem(await proxy.as("blind")("PUT", target, body(wanted)), 409, "duplicateRecordSet", wanted.name);
    expect(zoneNow()).toEqual(sorted(...foreign, ...own));
  });

  test("values of others in a merged set stay, also those that came after the zone was read", async () => {
    await start([...own, set(challenge, "TXT", foreignText)]);
    const read = (await send("GET", `${target}?showAll=true`)).json as { recordsets: RecordSet[] };
    proxy.store.write(zone, { put: [set(challenge, "TXT", foreignText, value(5))] });
    const edited = read.recordsets.map((each) =>
      each.name === challenge ? { ...each, rdata: [...each.rdata, value(1)] } : each,
    );
    expect((await send("PUT", target, { recordsets: edited })).status).toBe(204);
    expect(proxy.store.recordSet(zone, challenge, "TXT")?.rdata).toEqual([foreignText, value(5), value(1)]);
  });

  test("a CNAME beside a record that the client cannot see is refused before anything is done", async () => {
    await start([...own, set(`m.lab.${zone}`, "MX", "10 mail.test.")]);
    const sent = body(...visible.slice(1), set(`m.lab.${zone}`, "CNAME", "x.test."));
    expectProblem(await send("PUT", target, sent), 400, "cnameCollision", `m.lab.${zone}`);
    expect(upstreamWrites()).toEqual([]);
  });

  test("with all of a zone: the serial may be counted up or not, SOA and NS may not be left out", async () => {
    await start(own);
    send = proxy.as("all");
    const read = (await send("GET", `${target}?showAll=true`)).json as {
      recordsets: { type: string; rdata: string[] }[];
    };
    const counted = read.recordsets.map((each) =>
      each.type === "SOA" ? { ...each, rdata: each.rdata.map((text) => text.replace(/ 1 /, " 2 ")) } : each,
    );
    expect((await send("PUT", target, { recordsets: counted })).status).toBe(204);
    const without = read.recordsets.filter(({ type }) => type !== "NS");
    expectProblem(
      await send("PUT", target, { recordsets: without }),
      400,
      "badRequest",
      "the NS of example.test is left out",
    );
    expect(upstreamWrites()).toEqual([]);
  });

  test("a change that Edge DNS refuses in the middle is told, with what is made; the same request makes the rest", async () => {
    await start(own);
    const sent = body(
      ...visible.slice(1),
      set(`c.lab.${zone}`, "A", "10.0.0.3"),
      set(`d.lab.${zone}`, "A", "10.0.0.4"),
    );
    const trap = proxy.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 2, action: "hold" });
    const answer = send("PUT", target, sent);
    await trap.caught;
    const inTheWay = set(`d.lab.${zone}`, "CNAME", "x.test.");
    proxy.store.write(zone, { put: [inTheWay] });
    trap.release();
    const detail = "(change 2 of 3; those before it are made and stay; the same request again makes what is missing)";
    expectProblem(await answer, 400, "cnameCollision", detail);
    expect(zoneNow()).toEqual(sorted(...foreign, ...own, set(`c.lab.${zone}`, "A", "10.0.0.3"), inTheWay));
    expect((await send("PUT", target, sent)).status).toBe(204);
    expect(zoneNow().filter(({ name }) => name.includes(".lab."))).toEqual(
      sorted(own[1] as RecordSet, set(`c.lab.${zone}`, "A", "10.0.0.3"), set(`d.lab.${zone}`, "A", "10.0.0.4")),
    );
  });

  test("many changes that take long give way to others after a while; the same request makes the rest", async () => {
    let offsetMs = 0;
    await start(own, calmEdgeDns, { clock: { now: () => new Date(Date.now() + offsetMs) } });
    const more = [3, 4].map((index) => set(`m${index}.lab.${zone}`, "A", `10.0.0.${index}`));
    const trap = proxy.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
    const answer = send("PUT", target, body(...visible, ...more));
    await trap.caught;
    offsetMs = 31_000;
    trap.release();
    expectProblem(await answer, 503, "serviceUnavailable", "(change 2 of 2; those before it are made and stay;");
    offsetMs = 0;
    expect((await send("PUT", target, body(...visible, ...more))).status).toBe(204);
    expect(upstreamWrites()).toEqual(["POST recordset", "POST recordset"]);
  });

  test("twelve clients that write whole zones and single sets side by side, a hostile Edge DNS: all done", async () => {
    await start(own, hostileEdgeDns);
    const other = proxy.as("all");
    const statuses = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const name = `h${index}.team.${zone}`;
        const single = { name, type: "A", ttl: 300, rdata: [`192.0.2.${index}`] };
        const answers = await Promise.all([
          send("PUT", target, body(...visible.slice(1), set(`a.lab.${zone}`, "A", `10.0.1.${index}`))),
          other("POST", `${Z}/names/${name}/types/A`, single),
        ]);
        return answers.map(({ status }) => status);
      }),
    );
    expect(statuses).toEqual(Array.from({ length: 6 }, () => [204, 201]));
    const left = zoneNow().filter(({ name }) => !name.startsWith("a.lab.") && !/^h\d/.test(name));
    expect(left).toEqual(sorted(...foreign, own[1] as RecordSet));
    expect(zoneNow().filter(({ name }) => /^h\d/.test(name))).toHaveLength(6);
  });
});

test.each([
  ["a set twice", body(own[0] as RecordSet, own[0] as RecordSet), "is there twice"],
  [
    "a name twice in two spellings",
    body(own[0] as RecordSet, set(`A.LAB.${zone}.`, "a", "10.0.0.1")),
    "is there twice",
  ],
  ["a name outside the zone", body(set("a.lab.evil-example.test", "A", "10.0.0.1")), "is not in the zone"],
  ["an unknown field", { ...body(...own), comment: "x" }, "comment"],
  ["an unknown field of a set", { recordsets: [{ ...body(...own).recordsets[0], comment: "x" }] }, "comment"],
  ["no sets", { recordsets: [] }, "recordsets"],
  ["a set without values", body(set(`a.lab.${zone}`, "A")), "recordsets.0.rdata"],
  ["an unknown type", body(set(`a.lab.${zone}`, "WHAT", "x")), "is not a record type"],
  ["a key twice", '{"recordsets":[],"recordsets":[]}', "is there twice"],
  ["an address that is none", body(set(`a.lab.${zone}`, "A", "10.0.0.256")), "is not an IPv4 address"],
])("a body with %s is a bad request", async (_, sent, detail) => {
  await start([]);
  for (const method of ["POST", "PUT"]) expectProblem(await send(method, target, sent), 400, "badRequest", detail);
  expect(upstreamWrites()).toEqual([]);
});

test("a zone that the client may not know does not exist", async () => {
  await start([]);
  for (const method of ["POST", "PUT"])
    expectProblem(
      await send(method, "/config-dns/v2/zones/nope.test/recordsets", body(...own)),
      404,
      "notFound",
      "nope.test",
    );
});

test("name servers of the contracts of the client's zones, as dnscontrol and Terraform ask for them", async () => {
  await start([]);
  const contracts = [{ contractId: "C-SANDBOX", authorities: ["a1-1.akam.example.", "a2-2.akam.example."] }];
  const ask = async (query: string) => (await send("GET", `/config-dns/v2/data/authorities${query}`)).json;
  expect(await ask("?contractIds=C-SANDBOX")).toEqual({ contracts });
  expect(await ask("")).toEqual({ contracts });
  expect(await ask("?contractIds=C-OTHER")).toEqual({ contracts: [] });
});
