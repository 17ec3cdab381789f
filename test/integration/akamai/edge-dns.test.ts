/** Client and editor against the sandbox's Edge DNS with everything going wrong. */
import { EdgeDnsClient } from "../../../src/akamai/edge-dns-client";
import { RecordSetEditor } from "../../../src/akamai/record-set-editor";
import type { RecordSet } from "../../../src/dns/record-set";
import { sleep, type Sleep } from "../../../src/platform/clock";
import { HttpClient } from "../../../src/platform/http";
import { calmEdgeDns, hostileEdgeDns, type EdgeDnsFaults } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import { startEdgeDns, type RunningEdgeDns } from "../../../src/sandbox/edge-dns/start-edge-dns";
import { RequestGate, type GateTrap } from "../../../src/sandbox/request-gate";
import { ZoneStore } from "../../../src/sandbox/zone-store";

const zone = "example.test";
const name = "_acme-challenge.example.test";
const set = (rdata: readonly string[], changes: Partial<RecordSet> = {}): RecordSet => ({
  name,
  type: "TXT",
  ttlSeconds: 300,
  rdata,
  ...changes,
});
/** Texts that any re-writing would change. */
const foreign = ['"say \\"hi\\"; \\\\ \\065"', '"two" "strings"', '"v=spf1 include:example.test -all"'];
const retryPolicy = { attempts: 60, firstDelayMs: 5, maxDelayMs: 2_000 };
/** Rate limits ask for a second or so, since `Date` counts in seconds. */
const shortSleep: Sleep = (ms, signal) => sleep(Math.min(ms, 10), signal);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(faults: EdgeDnsFaults, sets: readonly RecordSet[] = [], seed = 1) {
  const store = new ZoneStore();
  const gate = new RequestGate();
  store.createZone(zone, sets);
  const server = await startEdgeDns({ store, gate, faults, seed });
  closers.push(() => server.close());
  return { store, gate, server, ...clientOf(server) };
}

/** Each call stands for a process of its own: it shares no queue with another one. */
function clientOf(server: RunningEdgeDns, policy = retryPolicy, wait = shortSleep) {
  const http = new HttpClient({ ca: server.caPem });
  closers.push(() => http.close());
  const client = new EdgeDnsClient({ credentials: server.credentials, http, retryPolicy: policy, sleep: wait });
  return { client, editor: new RecordSetEditor({ client, retryPolicy: policy, sleep: wait }) };
}

const change = (values: readonly string[]) => ({ zone, name, type: "TXT", values });
const rdata = (store: ZoneStore) => store.recordSet(zone, name, "TXT")?.rdata;

describe("EdgeDnsClient", () => {
  test.each([1, 2, 3])("does every operation in spite of all faults (seed %i)", async (seed) => {
    const { client, store } = await start(hostileEdgeDns, [], seed);
    expect(await client.getZone(zone)).toMatchObject({ zone, type: "PRIMARY", contractId: "C-SANDBOX" });
    expect(await client.getZone("nope.test")).toBeUndefined();
    expect(await client.getRecordSet(zone, name, "TXT")).toBeUndefined();
    await client.createRecordSet(zone, set(foreign));
    expect(await client.getRecordSet(zone, name, "TXT")).toEqual(set(foreign));
    await client.replaceRecordSet(zone, set(['"other"'], { ttlSeconds: 60 }));
    expect(rdata(store)).toEqual(['"other"']);
    await client.deleteRecordSet(zone, name, "TXT");
    await client.deleteRecordSet(zone, name, "TXT");
    expect(rdata(store)).toBeUndefined();
  });

  test("lists all zones and record sets over small pages", async () => {
    const { client, store } = await start({ ...hostileEdgeDns, maxPageSize: 2 });
    for (let i = 0; i < 5; i++) {
      store.createZone(`z${i}.test`);
      store.write(zone, { put: [set([`"${i}"`], { name: `t${i}.example.test` })] });
    }
    expect((await client.listZones()).map((each) => each.zone)).toEqual(store.zones());
    expect(await client.listRecordSets(zone)).toEqual(store.recordSets(zone));
    expect(await client.listRecordSets(zone, ["TXT"])).toHaveLength(5);
  });

  test("a set that is there already is not overwritten by a create", async () => {
    const { client, store } = await start(calmEdgeDns, [set(foreign)]);
    await expect(client.createRecordSet(zone, set(['"ours"']))).rejects.toMatchObject({
      code: "edge_dns_problem",
      facts: { status: 409 },
    });
    expect(rdata(store)).toEqual(foreign);
  });

  test("refusals say why", async () => {
    const { client, server } = await start(calmEdgeDns);
    const http = new HttpClient({ ca: server.caPem });
    closers.push(() => http.close());
    const other = new EdgeDnsClient({ credentials: { ...server.credentials, clientSecret: "a-wrong-secret" }, http });
    const denied = other.getZone(zone);
    await expect(denied).rejects.toMatchObject({ code: "edge_dns_denied", facts: { status: 401 } });
    await expect(denied).rejects.not.toThrow(/a-wrong-secret/);
    await expect(client.createRecordSet("nope.test", set(['"v"'], { name: "a.nope.test" }))).rejects.toMatchObject({
      code: "edge_dns_problem",
      message:
        "Edge DNS answered POST a.nope.test TXT in nope.test with 404 Not Found: Unable to find zone 'nope.test'",
    });
    await expect(client.createRecordSet(zone, set(["a.test."], { name: zone, type: "CNAME" }))).rejects.toMatchObject({
      code: "dns_conflict",
    });
  });

  test("a rate limit that stays ends in an error that says so", async () => {
    const { server, gate, store } = await start({ ...calmEdgeDns, throttleRate: 1, throttleMs: 1 }, [set(foreign)]);
    const { client } = clientOf(server, { attempts: 3, firstDelayMs: 1, maxDelayMs: 2_000 });
    await expect(client.deleteRecordSet(zone, name, "TXT")).rejects.toMatchObject({
      code: "edge_dns_busy",
      retryable: true,
    });
    expect(gate.history).toHaveLength(3);
    expect(rdata(store)).toEqual(foreign);
  });
});

describe("RecordSetEditor", () => {
  test.each([1, 2, 3, 4])("editors side by side on one name lose nothing (seed %i)", async (seed) => {
    const { editor, store } = await start(hostileEdgeDns, [set(foreign)], seed);
    const ours = Array.from({ length: 8 }, (_, i) => `"value-${i}"`);
    const added = await Promise.all(ours.map((value) => editor.addValues({ ...change([value]), ttlSeconds: 60 })));
    expect(added).toEqual(ours.map((value) => ({ added: [value], alreadyThere: [] })));
    expect(rdata(store)?.slice(0, foreign.length)).toEqual(foreign);
    expect([...(rdata(store)?.slice(foreign.length) ?? [])].sort()).toEqual(ours);
    expect(store.recordSet(zone, name, "TXT")?.ttlSeconds).toBe(300);
    const removed = await Promise.all(ours.map((value) => editor.removeValues(change([value]))));
    expect(removed).toEqual(ours.map((value) => ({ removed: [value], alreadyGone: [] })));
    expect(store.recordSet(zone, name, "TXT")).toEqual(set(foreign));
  });

  test("many names of one zone at once get past the zone lock", async () => {
    const { editor, store } = await start({ ...calmEdgeDns, zoneLockMs: { least: 2, most: 5 } });
    const names = Array.from({ length: 20 }, (_, i) => `_acme-challenge.h${i}.example.test`);
    await Promise.all(names.map((each) => editor.addValues({ ...change(['"v"']), name: each, ttlSeconds: 60 })));
    for (const each of names)
      expect(store.recordSet(zone, each, "TXT")).toEqual(set(['"v"'], { name: each, ttlSeconds: 60 }));
  });

  test("the last value takes the set with it", async () => {
    const { editor, store } = await start(calmEdgeDns);
    await editor.addValues({ ...change(['"a"', '"b"']), ttlSeconds: 60 });
    await editor.removeValues(change(['"a"']));
    expect(rdata(store)).toEqual(['"b"']);
    await editor.removeValues(change(["b"]));
    expect(rdata(store)).toBeUndefined();
    expect(await editor.removeValues(change(['"b"']))).toEqual({ removed: [], alreadyGone: ['"b"'] });
  });

  test("adding twice writes once", async () => {
    const { editor, gate } = await start(calmEdgeDns, [set(foreign)]);
    const writes = () => gate.history.filter(({ operation }) => operation !== "GET recordset").length;
    expect(await editor.addValues({ ...change(['"a"', '"two" "strings"']), ttlSeconds: 60 })).toEqual({
      added: ['"a"'],
      alreadyThere: ['"two" "strings"'],
    });
    expect(await editor.addValues({ ...change(["a"]), ttlSeconds: 60 })).toEqual({ added: [], alreadyThere: ["a"] });
    expect(writes()).toBe(1);
  });

  test("the TTL is set only where every value is ours", async () => {
    const { editor, store } = await start(calmEdgeDns, [set(['"a"'])]);
    const ttl = () => store.recordSet(zone, name, "TXT")?.ttlSeconds;
    await editor.addValues({ ...change(['"b"']), ttlSeconds: 60 });
    expect(ttl()).toBe(300);
    await editor.addValues({ ...change(['"b"', '"a"']), ttlSeconds: 60 });
    expect(ttl()).toBe(60);
  });

  test("a CNAME that points elsewhere stays", async () => {
    const alias = set(["there.test."], { name: "_1.example.test", type: "CNAME" });
    const { editor, store } = await start(calmEdgeDns, [alias]);
    const add = (target: string) =>
      editor.addValues({ zone, name: "_1.example.test", type: "CNAME", values: [target], ttlSeconds: 60 });
    await expect(add("elsewhere.test.")).rejects.toMatchObject({
      code: "dns_conflict",
      facts: { present: "there.test." },
    });
    expect(store.recordSet(zone, "_1.example.test", "CNAME")).toEqual(alias);
    expect(await add("There.test")).toEqual({ added: [], alreadyThere: ["There.test"] });
  });

  const losses: readonly Pick<GateTrap, "operation" | "action">[] = [
    { operation: "POST recordset", action: "break-after" },
    { operation: "POST recordset", action: "break-before" },
    { operation: "GET recordset", action: "break-before" },
    { operation: "GET recordset", action: "break-after" },
  ];
  test.each(losses)("creating converges after $action of $operation", async ({ operation, action }) => {
    const { editor, gate, store } = await start(calmEdgeDns);
    gate.set({ part: "edge-dns", operation, nth: 1, action });
    expect(await editor.addValues({ ...change(['"a"']), ttlSeconds: 60 })).toEqual({
      added: ['"a"'],
      alreadyThere: [],
    });
    expect(rdata(store)).toEqual(['"a"']);
  });

  test.each(["break-before", "break-after"] as const)("changing and removing converge after %s", async (action) => {
    const { editor, gate, store } = await start(calmEdgeDns, [set(foreign)]);
    gate.set({ part: "edge-dns", operation: "PUT recordset", nth: 1, action });
    expect(await editor.addValues({ ...change(['"a"']), ttlSeconds: 60 })).toEqual({
      added: ['"a"'],
      alreadyThere: [],
    });
    gate.set({ part: "edge-dns", operation: "PUT recordset", nth: 1, action });
    expect(await editor.removeValues(change(['"a"']))).toEqual({ removed: ['"a"'], alreadyGone: [] });
    expect(rdata(store)).toEqual(foreign);
    gate.set({ part: "edge-dns", operation: "DELETE recordset", nth: 1, action });
    expect(await editor.removeValues(change(foreign))).toEqual({ removed: foreign, alreadyGone: [] });
    expect(rdata(store)).toBeUndefined();
  });

  test("a set made by another process after our read is added to, not overwritten", async () => {
    const { editor, gate, store } = await start(calmEdgeDns);
    const trap = gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
    const adding = editor.addValues({ ...change(['"ours"']), ttlSeconds: 60 });
    await trap.caught;
    store.write(zone, { put: [set(foreign)] });
    trap.release();
    expect(await adding).toEqual({ added: ['"ours"'], alreadyThere: [] });
    expect(store.recordSet(zone, name, "TXT")).toEqual(set([...foreign, '"ours"']));
  });

  test("a set deleted by another process after our read is made anew", async () => {
    const { editor, gate, store } = await start(calmEdgeDns, [set(foreign)]);
    const trap = gate.set({ part: "edge-dns", operation: "PUT recordset", nth: 1, action: "hold" });
    const adding = editor.addValues({ ...change(['"ours"']), ttlSeconds: 60 });
    await trap.caught;
    store.write(zone, { remove: [{ name, type: "TXT" }] });
    trap.release();
    expect(await adding).toEqual({ added: ['"ours"'], alreadyThere: [] });
    expect(store.recordSet(zone, name, "TXT")).toEqual(set(['"ours"'], { ttlSeconds: 60 }));
  });

  test("after a locked zone the set is read again before it is written", async () => {
    const { editor, server, gate, store } = await start({ ...calmEdgeDns, zoneLockMs: { least: 50, most: 50 } }, [
      set(foreign),
    ]);
    let theirs: Promise<unknown> = Promise.resolve();
    const waitForThem: Sleep = async () => void (await theirs);
    const ours = clientOf(server, retryPolicy, waitForThem).editor;
    const holdPut = () => gate.set({ part: "edge-dns", operation: "PUT recordset", nth: 1, action: "hold" });
    const stale = holdPut();
    const adding = ours.addValues({ ...change(['"ours"']), ttlSeconds: 60 });
    await stale.caught;
    const faster = holdPut();
    theirs = editor.addValues({ ...change(['"theirs"']), ttlSeconds: 60 });
    await faster.caught;
    faster.release();
    await new Promise((resolve) => setImmediate(resolve));
    stale.release();
    expect(await adding).toEqual({ added: ['"ours"'], alreadyThere: [] });
    expect(rdata(store)).toEqual([...foreign, '"theirs"', '"ours"']);
  });

  test("cancelling ends the waiting", async () => {
    const { server } = await start({ ...calmEdgeDns, throttleRate: 1, throttleMs: 1_000 });
    const { editor } = clientOf(server, { attempts: 5, firstDelayMs: 1_000, maxDelayMs: 60_000 }, sleep);
    const cancel = new AbortController();
    const adding = editor.addValues({ ...change(['"a"']), ttlSeconds: 60, signal: cancel.signal });
    setImmediate(() => cancel.abort());
    await expect(adding).rejects.toMatchObject({ code: "aborted" });
  });
});
