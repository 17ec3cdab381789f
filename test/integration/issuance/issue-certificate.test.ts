import { X509Certificate } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createOrder } from "../../../src/acme/create-order";
import { parseDomainName } from "../../../src/certificates/domain-name";
import type { LedgerFact } from "../../../src/ledger/recorder";
import { issueCertificate, type IssueRequest } from "../../../src/issuance/issue-certificate";
import { IssuanceJournal } from "../../../src/issuance/journal";
import { NameServers } from "../../../src/resolver/name-servers";
import { faultProfiles } from "../../../src/sandbox/sandbox-options";
import { giveBack, startIssuanceWorld, type IssuanceWorld } from "../../support/issuance-world";

const names = ["app.example.gov", "*.app.example.gov"].map(parseDomainName);
const zone = { type: "edge_dns" as const, name: "example.gov" };
const request: IssueRequest = { names, keyAlgorithm: "EC_prime256v1", zones: [zone] };
const challenge = "_acme-challenge.app.example.gov";
const foreign = { name: challenge, type: "TXT", ttlSeconds: 300, rdata: ['"kept by \\"somebody\\"; else"'] };

let world: IssuanceWorld;
afterEach(() => world.close());

const challengeSet = () => world.sandbox.zones.recordSet("example.gov", challenge, "TXT");
const journalEntries = () => readdirSync(join(world.folder, "journal"));

test("apex and wildcard in one order, with everything hostile: the values come together and go, the foreign one stays", async () => {
  world = await startIssuanceWorld({
    faults: faultProfiles.hostile,
    zones: [{ name: "example.gov", records: [foreign] }],
  });
  const { kept, leftovers } = await issueCertificate(request, world.parts, giveBack);
  const { chain, key, warnings } = kept;
  expect([...warnings, ...leftovers]).toEqual([]);
  expect([...chain.leaf.names].sort()).toEqual([...names].sort());
  expect(new X509Certificate(chain.leafPem).checkPrivateKey(key.use((privateKey) => privateKey))).toBe(true);
  expect(challengeSet()).toEqual(foreign);
  expect(journalEntries()).toEqual([]);
});

test("a CNAME at the challenge name is followed into its zone", async () => {
  const alias = { name: challenge, type: "CNAME", ttlSeconds: 300, rdata: ["app.acme.example.org."] };
  world = await startIssuanceWorld({ zones: [{ name: "example.gov", records: [alias] }, { name: "example.org" }] });
  await issueCertificate(
    { ...request, zones: [zone, { type: "edge_dns", name: "example.org" }] },
    world.parts,
    giveBack,
  );
  const written = world.sandbox.gate.history.filter(
    ({ part, operation }) => part === "edge-dns" && /^(POST|PUT)/.test(operation),
  );
  expect(written.map(({ subject }) => subject)).toEqual(["app.acme.example.org/TXT"]);
});

test.each<[string, Partial<IssueRequest>, string]>([
  ["a name outside every zone", { names: [parseDomainName("app.example.net")] }, "dns_zone_not_found"],
  ["a profile the CA does not have", { profile: "none" }, "invalid_argument"],
])("%s: refused before anything is written or ordered", async (_, change, code) => {
  world = await startIssuanceWorld();
  await expect(issueCertificate({ ...request, ...change }, world.parts, giveBack)).rejects.toMatchObject({ code });
  expect(world.sandbox.acme.orders()).toEqual([]);
  expect(challengeSet()).toBeUndefined();
});

test("CAA for another CA: refused before an order is spent, and on record with the CA that was not asked", async () => {
  const caa = { name: "example.gov", type: "CAA", ttlSeconds: 300, rdata: ['0 issue "other.test"'] };
  world = await startIssuanceWorld({ zones: [{ name: "example.gov", records: [caa] }] });
  const recorded: LedgerFact[] = [];
  const recorder = { record: async (...facts: readonly LedgerFact[]) => void recorded.push(...facts) };
  const issuing = issueCertificate(request, { ...world.parts, recorder }, giveBack);
  await expect(issuing).rejects.toMatchObject({ code: "dns_caa_forbids" });
  expect(world.sandbox.acme.orders()).toEqual([]);
  const { host: issuer } = new URL(world.sandbox.acme.directoryUrl);
  expect(recorded).toMatchObject([
    { event: "certificate.issued", outcome: "failed", error: { code: "dns_caa_forbids" }, facts: { issuer } },
  ]);
});

test("cancelled while name servers lag: the values are removed all the same", async () => {
  world = await startIssuanceWorld({ faults: { ...faultProfiles.calm, secondNameServerDelayMs: 600_000 } });
  const controller = new AbortController();
  const issuing = issueCertificate(request, { ...world.parts, signal: controller.signal }, giveBack);
  issuing.catch(() => undefined);
  await world.sandbox.gate.set({ part: "dns", operation: "TXT", nth: 3, action: "break-before" }).caught;
  expect(challengeSet()?.rdata).toHaveLength(2);
  controller.abort();
  await expect(issuing).rejects.toMatchObject({ code: "aborted" });
  expect(challengeSet()).toBeUndefined();
  expect(journalEntries()).toHaveLength(1);
  const [{ host, port } = { host: "", port: 0 }] = world.sandbox.dns.servers;
  const nameServers = new NameServers({ servers: [`${host}:${port}`] });
  await issueCertificate(request, { ...world.parts, nameServers }, giveBack);
  expect(world.sandbox.acme.orders()).toHaveLength(1);
  expect(journalEntries()).toEqual([]);
});

test("values that cannot be removed stay in the journal and are named", async () => {
  world = await startIssuanceWorld();
  const records = Object.assign(Object.create(world.parts.records) as typeof world.parts.records, {
    remove: async () => Promise.reject(new Error("Edge DNS is down")),
  });
  const { leftovers } = await issueCertificate(request, { ...world.parts, records }, giveBack);
  expect(leftovers).toEqual([expect.stringContaining("Edge DNS is down")]);
  expect(journalEntries()).toHaveLength(1);
});

test("an order of a dead run is gone on with, and its values are removed", async () => {
  world = await startIssuanceWorld();
  const account = await world.parts.account();
  const order = await createOrder(account, { names });
  const left = { zone, name: challenge, values: ["left-by-a-dead-run"] };
  await world.parts.records.add(left.zone, left.name, left.values);
  const dead = new IssuanceJournal(join(world.folder, "journal"), { clock: { now: () => new Date("2020-01-01") } });
  await dead.begin({ directoryUrl: world.connection.directoryUrl, names, orderUrl: order.url, records: [left] });
  await issueCertificate(request, world.parts, giveBack);
  expect(world.sandbox.acme.orders()).toHaveLength(1);
  expect(challengeSet()).toBeUndefined();
  expect(journalEntries()).toEqual([]);
});

test("the certificate is handed over before the cleaning up, which waits for it", async () => {
  world = await startIssuanceWorld();
  const { kept } = await issueCertificate(request, world.parts, async () => challengeSet()?.rdata.length);
  expect(kept).toBe(2);
  expect(challengeSet()).toBeUndefined();
});

test("what keeps the certificate fails: the values are removed, and the error is told", async () => {
  world = await startIssuanceWorld();
  const failing = issueCertificate(request, world.parts, async () => Promise.reject(new Error("no room")));
  await expect(failing).rejects.toThrow("no room");
  expect(challengeSet()).toBeUndefined();
  expect(journalEntries()).toEqual([]);
});

test("two certificates of the same names are ordered one after the other", async () => {
  world = await startIssuanceWorld();
  const both = await Promise.all([
    issueCertificate(request, world.parts, giveBack),
    issueCertificate({ ...request, keyAlgorithm: "RSA_2048" }, world.parts, giveBack),
  ]);
  expect(both.map(({ kept }) => kept.chain.leaf.keyAlgorithm)).toEqual(["EC_prime256v1", "RSA_2048"]);
  const asked = world.sandbox.gate.history.filter(({ part }) => part === "acme").map(({ operation }) => operation);
  expect(asked.lastIndexOf("newOrder")).toBeGreaterThan(asked.indexOf("certificate"));
});

test("orders of a dead run go to whoever wants the same certificate, not to whoever looks first", async () => {
  world = await startIssuanceWorld();
  const account = await world.parts.account();
  const order = await createOrder(account, { names });
  const dead = new IssuanceJournal(join(world.folder, "journal"), { clock: { now: () => new Date("2020-01-01") } });
  await dead.begin({ directoryUrl: world.connection.directoryUrl, names, orderUrl: order.url, records: [] });
  const others: IssueRequest = { ...request, names: [parseDomainName("api.example.gov")] };
  await issueCertificate(others, world.parts, giveBack);
  await issueCertificate(request, world.parts, giveBack);
  expect(world.sandbox.acme.orders()).toHaveLength(2);
});
