/** Challenge values that nobody takes away: an Edge DNS of the sandbox, and a clock that the tests move. */
import type { RecordSet } from "../../../src/dns/record-set";
import { calmEdgeDns, type EdgeDnsFaults } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import type { RunningProxy } from "../../../src/proxy/start-proxy";
import { TestProxy } from "../../support/running-proxy";

const zone = "example.test";
const name = `_acme-challenge.app.${zone}`;
const target = `/config-dns/v2/zones/${zone}/names/${name}/types/TXT`;
const value = (letter: string) => letter.repeat(43);
const foreign = String.raw`"v=spf1; a\"b" "second"`;
const txt = (...rdata: string[]): RecordSet => ({ name, type: "TXT", ttlSeconds: 300, rdata });
const body = (...rdata: string[]) => ({ name, type: "TXT", ttl: 300, rdata });
const hour = 3_600_000;

let proxy: TestProxy;
/** How far the clock of the proxy is ahead. */
let ahead = 0;
let restarted: RunningProxy | undefined;

async function start(sets: readonly RecordSet[], faults: Partial<EdgeDnsFaults> = {}, rule = ""): Promise<void> {
  ahead = 0;
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"], requestsPerMinute: 100000 }
grants:
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [app.${zone}] }
  - { client: web, zone: ${zone}, names: ["**.lab.${zone}"], types: [TXT], actions: [read, create, update, delete] }
${rule}`,
    zones: { [zone]: sets },
    // the sandbox's own clock does not move
    faults: { ...calmEdgeDns, clockWindowMs: 1e12, ...faults },
    options: { clock: { now: () => new Date(Date.now() + ahead) }, janitorPeriodMs: 5 },
  });
}

afterEach(async () => {
  await restarted?.close();
  restarted = undefined;
  await proxy.stop();
});

/** As a client whose clock goes with the proxy's. */
const send = (method: string, sent?: unknown) => proxy.as("web", { skewMs: ahead })(method, target, sent);
const standing = () => proxy.store.recordSet(zone, name, "TXT")?.rdata;
const byJanitor = () => proxy.audit().filter(({ client }) => client === "janitor");
const writesUpstream = () => proxy.gate.history.filter(({ operation }) => /^(PUT|POST|DELETE)/.test(operation));

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Long enough for the janitor to have looked so often. */
async function looks(count: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, count * 10));
}

test("a value that outlives an hour goes, what others have in the set stays to the octet", async () => {
  await start([txt(foreign)]);
  expect((await send("POST", body(value("v")))).status).toBe(201);
  ahead = hour - 60_000;
  await looks(3);
  expect(standing()).toEqual([foreign, `"${value("v")}"`]);
  ahead = hour + 1_000;
  await until(() => standing()?.length === 1);
  expect(proxy.store.recordSet(zone, name, "TXT")).toEqual(txt(foreign));
  await until(() => byJanitor().length === 2);
  const [decision, write] = byJanitor();
  expect(decision).toMatchObject({
    event: "decision",
    verdict: "allow",
    grant: "janitor",
    token: "janitor",
    zone,
    name,
  });
  expect(write).toMatchObject({
    event: "write",
    outcome: "done",
    before: txt(foreign, `"${value("v")}"`),
    after: txt(foreign),
  });
});

test("a set that holds nothing else goes as a whole", async () => {
  await start([]);
  await send("POST", body(value("v"), value("w")));
  ahead = hour + 1_000;
  await until(() => standing() === undefined);
  expect(writesUpstream().map(({ operation }) => operation)).toEqual(["POST recordset", "DELETE recordset"]);
});

test("a value that a client asked for again has another hour", async () => {
  await start([]);
  await send("POST", body(value("v")));
  ahead = hour - 60_000;
  expect((await send("POST", body(value("v")))).status).toBe(201);
  ahead = hour + 1_000;
  await looks(5);
  expect(standing()).toEqual([`"${value("v")}"`]);
  ahead = 2 * hour;
  await until(() => standing() === undefined);
});

test("a value that is asked for while the janitor waits for its turn stays", async () => {
  await start([]);
  await send("POST", body(value("v")));
  ahead = hour - 1_000;
  const trap = proxy.gate.set({ part: "edge-dns", operation: "GET recordset", nth: 1, action: "hold" });
  const again = send("POST", body(value("v")));
  await trap.caught;
  ahead = hour + 10_000;
  await until(async () =>
    (await proxy.raw("GET", "/metrics", undefined, {})).text.includes("adp_zone_queue_length 1\n"),
  );
  trap.release();
  expect((await again).status).toBe(201);
  await looks(5);
  expect(standing()).toEqual([`"${value("v")}"`]);
  expect(byJanitor()).toEqual([]);
});

test("challenge values of others stay, however old", async () => {
  await start([txt(`"${value("o")}"`)]);
  await send("PUT", body(value("o"), value("v")));
  ahead = 30 * hour;
  await until(() => standing()?.length === 1);
  await looks(3);
  expect(standing()).toEqual([`"${value("o")}"`]);
});

test("a value that was taken away beside the proxy costs nothing more than a look", async () => {
  await start([]);
  await send("POST", body(value("v")));
  proxy.store.write(zone, { put: [txt(foreign)] });
  ahead = hour + 1_000;
  await until(() => byJanitor().length > 0);
  await looks(5);
  expect(byJanitor()).toHaveLength(1);
  expect(standing()).toEqual([foreign]);
  expect(writesUpstream()).toHaveLength(1);
});

test("after a restart it goes on from the trail", async () => {
  await start([txt(foreign)]);
  await send("POST", body(value("v")));
  await proxy.proxy.close();
  ahead = hour + 1_000;
  restarted = await proxy.startAgain();
  await until(() => standing()?.length === 1);
  expect(standing()).toEqual([foreign]);
});

test("answers that are lost, and failures, only make it later", async () => {
  await start([txt(foreign)]);
  await send("POST", body(value("v")));
  proxy.gate.set({ part: "edge-dns", operation: "PUT recordset", nth: 1, action: "break-before" });
  proxy.gate.set({ part: "edge-dns", operation: "PUT recordset", nth: 2, action: "break-after" });
  ahead = hour + 1_000;
  await until(() => standing()?.length === 1);
  await until(() => byJanitor().some(({ event }) => event === "write"));
  expect(standing()).toEqual([foreign]);
  expect(byJanitor().filter(({ event }) => event === "write")).toMatchObject([{ outcome: "done" }]);
});

test("janitor: false leaves everything where it is", async () => {
  await start([], {}, "janitor: false");
  await send("POST", body(value("v")));
  ahead = 2 * hour;
  await looks(5);
  expect(standing()).toEqual([`"${value("v")}"`]);
});
