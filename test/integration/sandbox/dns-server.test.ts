import { Resolver } from "node:dns/promises";
import type { RecordSet } from "../../../src/dns/record-set";
import { encodeTxt } from "../../../src/dns/txt";
import {
  startDnsServer,
  type NameServer,
  type RunningDnsServer,
} from "../../../src/sandbox/dns-server/start-dns-server";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { ZoneStore } from "../../../src/sandbox/zone-store";

const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({ name, type, ttlSeconds: 60, rdata });
const long = "x".repeat(700);

let running: RunningDnsServer | undefined;
let now = 1_000_000;
const gate = new RequestGate();

async function start(servers?: readonly NameServer[]) {
  const store = new ZoneStore({ now: () => new Date(now) });
  store.createZone("example.test", [
    set("_acme-challenge.example.test", "TXT", '"one"', encodeTxt(long)),
    set("www.example.test", "CNAME", "host.other.test."),
    set("away.example.test", "CNAME", "cdn.elsewhere.invalid."),
    set("loop.example.test", "CNAME", "loop.example.test."),
    set("example.test", "CAA", '0 issue "letsencrypt.org"', '128 issuewild ";"'),
    set("example.test", "MX", "10 mail.example.test."),
    set("_sip.example.test", "SRV", "1 2 443 host.other.test."),
    set("*.wild.example.test", "A", "192.0.2.7"),
    set("a.b.example.test", "AAAA", "2001:db8::1"),
  ]);
  store.createZone("other.test", [set("host.other.test", "A", "192.0.2.1")]);
  running = await startDnsServer({ store, gate, ...(servers === undefined ? {} : { servers }) });
  const resolvers = running.servers.map(({ host, port }) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 1 });
    resolver.setServers([`${host}:${port}`]);
    return resolver;
  });
  const [resolver = new Resolver()] = resolvers;
  return { store, resolver, resolvers };
}

const codeOf = (lookUp: Promise<unknown>) =>
  lookUp.then(
    () => "found",
    (error: NodeJS.ErrnoException) => error.code,
  );

afterEach(() => running?.close());

test("serves what certificate tooling asks for, in any letter case", async () => {
  const { resolver } = await start();
  expect((await resolver.resolveTxt("_ACME-challenge.Example.test")).map((each) => each.join("")).sort()).toEqual([
    "one",
    long,
  ]);
  expect(await resolver.resolveCaa("example.test")).toMatchObject([
    { critical: 0, issue: "letsencrypt.org" },
    { critical: 128, issuewild: ";" },
  ]);
  expect(await resolver.resolveMx("example.test")).toMatchObject([{ exchange: "mail.example.test", priority: 10 }]);
  expect(await resolver.resolveSrv("_sip.example.test")).toMatchObject([{ name: "host.other.test", port: 443 }]);
  expect((await resolver.resolveNs("example.test")).sort()).toEqual(["ns1.example.test", "ns2.example.test"]);
  expect(await resolver.resolve4("ns1.example.test")).toEqual(["127.0.0.1"]);
  expect(await resolver.resolve6("a.b.example.test")).toEqual(["2001:db8::1"]);
});

test("answers a CNAME and what it leads to in its own zones", async () => {
  const { resolver } = await start();
  expect(await resolver.resolveCname("www.example.test")).toEqual(["host.other.test"]);
  expect(await resolver.resolve4("www.example.test")).toEqual(["192.0.2.1"]);
  expect(await resolver.resolve4("away.example.test")).toEqual([]);
  expect(await resolver.resolve4("loop.example.test")).toEqual([]);
});

test("tells a missing name from a missing type, and has wildcards", async () => {
  const { resolver } = await start();
  expect(await codeOf(resolver.resolveTxt("nothing.example.test"))).toBe("ENOTFOUND");
  expect(await codeOf(resolver.resolveTxt("example.test"))).toBe("ENODATA");
  expect(await codeOf(resolver.resolve4("b.example.test"))).toBe("ENODATA");
  expect(await codeOf(resolver.resolveCaa("test"))).toBe("ENODATA");
  expect(await codeOf(resolver.resolve4("elsewhere.invalid"))).toBe("ENOTFOUND");
  expect(await resolver.resolve4("any.wild.example.test")).toEqual(["192.0.2.7"]);
  expect(await codeOf(resolver.resolve4("wild.example.test"))).toBe("ENODATA");
});

test("a write raises the serial, and each server shows it in its own time", async () => {
  const { store, resolvers } = await start([{}, { propagationDelayMs: 500 }, { propagationDelayMs: 2_000 }]);
  const serials = () => Promise.all(resolvers.map(async (each) => (await each.resolveSoa("example.test")).serial));
  now += 10_000;
  store.write("example.test", { put: [set("new.example.test", "TXT", '"v"')] });
  expect(await serials()).toEqual([2, 1, 1]);
  now += 500;
  expect(await serials()).toEqual([2, 2, 1]);
  now += 1_500;
  expect(await serials()).toEqual([2, 2, 2]);
});

test("every question is in the history, and one can be lost", async () => {
  const { resolver } = await start();
  const from = gate.history.length;
  gate.set({ part: "dns", operation: "TXT", nth: 1, action: "break-before" });
  resolver.setServers([`127.0.0.1:${running?.port}`]);
  const answers = await Promise.allSettled([
    resolver.resolveTxt("_acme-challenge.example.test"),
    resolver.resolveCaa("example.test"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(gate.history.slice(from)).toEqual(
    expect.arrayContaining([
      { part: "dns", operation: "TXT", subject: "_acme-challenge.example.test" },
      { part: "dns", operation: "CAA", subject: "example.test" },
    ]),
  );
});

test("a server may fall behind, and catch up, while it runs", async () => {
  const lag = { propagationDelayMs: 0 };
  const { store, resolver } = await start([lag]);
  lag.propagationDelayMs = 60_000;
  now += 10_000;
  store.write("example.test", { put: [set("new.example.test", "A", "192.0.2.9")] });
  expect(await codeOf(resolver.resolve4("new.example.test"))).toBe("ENOTFOUND");
  lag.propagationDelayMs = 0;
  expect(await resolver.resolve4("new.example.test")).toEqual(["192.0.2.9"]);
});
