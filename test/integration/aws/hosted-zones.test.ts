import { promises as dns } from "node:dns";
import { Route53Client, ChangeResourceRecordSetsCommand, ListHostedZonesByNameCommand } from "@aws-sdk/client-route-53";
import type { HostedZones } from "../../../src/aws/hosted-zones";
import { calm, hostile } from "../../../src/sandbox/aws/aws-faults";
import { startDnsServer, type RunningDnsServer } from "../../../src/sandbox/dns-server/start-dns-server";
import { ZoneStore } from "../../../src/sandbox/zone-store";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";

let emulated: EmulatedAws;
let store: ZoneStore;
let server: RunningDnsServer;
let zones: HostedZones;

beforeEach(async () => {
  store = new ZoneStore();
  store.createZone("example.gov");
  emulated = await startEmulatedAws({ zones: store });
  server = await startDnsServer({ store, gate: emulated.gate });
  zones = emulated.access({ region: "eu-west-1" }).hostedZones();
});

afterEach(async () => {
  await emulated.close();
  await server.close();
});

const text = (name: string, ...values: string[]) => ({
  name,
  type: "TXT",
  ttlSeconds: 60,
  rdata: values.map((value) => `"${value}"`),
});

const create = async (name: string) => (await zones.create({ name, callerReference: name })).id;

function resolveTxt(name: string): Promise<string[][]> {
  const resolver = new dns.Resolver();
  resolver.setServers([`${server.host}:${server.port}`]);
  return resolver.resolveTxt(name);
}

test("makes, finds, lists, tags and removes zones", async () => {
  const id = await create("apps.example.org");
  await create("example.org");
  await zones.setComment(id, "of the apps team");
  expect(await zones.get(`/hostedzone/${id}`)).toMatchObject({
    id,
    name: "apps.example.org",
    comment: "of the apps team",
    isPrivate: false,
    nameServers: [expect.stringMatching(/^ns-\d+\.awsdns-00\.com$/), ...Array<unknown>(3).fill(expect.any(String))],
  });
  expect((await zones.list()).map(({ name }) => name).sort()).toEqual(["apps.example.org", "example.org"]);
  expect(await zones.listByName("apps.example.org.")).toMatchObject([{ id }]);
  expect(await zones.listByName("other.example.org")).toEqual([]);

  await zones.changeTags(id, { set: { team: "apps", "cost centre": "12" }, remove: [] });
  await zones.changeTags(id, { set: { team: "web" }, remove: ["cost centre"] });
  expect(await zones.tags(id)).toEqual({ team: "web" });

  await zones.delete(id);
  await expect(zones.get(id)).rejects.toMatchObject({ code: "aws_not_found" });
  expect(store.zones()).not.toContain("apps.example.org");
});

test("a change is served once it is INSYNC, by real name servers", async () => {
  emulated.account.faults = { ...calm, changeDelayMs: 150 };
  const id = await create("example.org");
  const change = await zones.change(id, [{ action: "CREATE", set: text("_acme-challenge.example.org", "one") }]);
  await expect(resolveTxt("_acme-challenge.example.org")).rejects.toThrow("ENOTFOUND");
  await zones.waitForInsync(change);
  expect(await resolveTxt("_acme-challenge.example.org")).toEqual([["one"]]);

  const gone = await zones.change(id, [{ action: "DELETE", set: text("_acme-challenge.example.org", "one") }]);
  await zones.waitForInsync(gone);
  await expect(resolveTxt("_acme-challenge.example.org")).rejects.toThrow("ENOTFOUND");
});

test("a zone whose name another provider serves is kept, but not served", async () => {
  const id = await create("example.gov");
  await zones.change(id, [{ action: "CREATE", set: text("app.example.gov", "one") }]);
  expect(await zones.recordSet(id, { name: "app.example.gov", type: "TXT" })).toMatchObject({ rdata: ['"one"'] });
  await expect(resolveTxt("app.example.gov")).rejects.toThrow("ENOTFOUND");
});

test("reads one set, all sets page by page, and writes a wildcard escaped", async () => {
  emulated.account.faults = { ...calm, largestPage: 2 };
  const id = await create("example.org");
  const names = ["*.example.org", "b.example.org", "a.b.example.org", "c.example.org"];
  await zones.change(
    id,
    names.map((name) => ({ action: "UPSERT", set: text(name, name) })),
  );
  expect((await zones.listRecordSets(id)).map(({ name, type }) => `${name} ${type}`)).toEqual([
    "example.org NS",
    "example.org SOA",
    "*.example.org TXT",
    "b.example.org TXT",
    "a.b.example.org TXT",
    "c.example.org TXT",
  ]);
  expect(await zones.recordSet(id, { name: "*.example.org", type: "TXT" })).toEqual(
    text("*.example.org", "*.example.org"),
  );
  expect(await zones.recordSet(id, { name: "bb.example.org", type: "TXT" })).toBeUndefined();
  expect(await resolveTxt("anything.example.org")).toEqual([["*.example.org"]]);
});

test("a batch that replaces a set fails as a whole if somebody else was faster", async () => {
  const id = await create("example.org");
  await zones.change(id, [{ action: "CREATE", set: text("app.example.org", "theirs") }]);
  const replace = (before: string, after: string) =>
    zones.change(id, [
      { action: "DELETE", set: text("app.example.org", before) },
      { action: "CREATE", set: text("app.example.org", after) },
    ]);
  await expect(replace("ours", "new")).rejects.toMatchObject({
    code: "aws_request",
    retryable: false,
    facts: { error: "InvalidChangeBatch" },
    message: expect.stringContaining("the values provided do not match the current values") as string,
  });
  await replace("theirs", "new");
  expect(await zones.recordSet(id, { name: "app.example.org", type: "TXT" })).toEqual(text("app.example.org", "new"));
});

test("gets its work done at a hostile AWS: batches collide, requests are throttled", async () => {
  emulated.account.faults = hostile;
  const id = await create("example.org");
  const writes = ["a", "b", "c"].map((label) =>
    zones.change(id, [{ action: "CREATE", set: text(`${label}.example.org`, label) }]),
  );
  for (const change of await Promise.all(writes)) await zones.waitForInsync(change);
  expect(await resolveTxt("c.example.org")).toEqual([["c"]]);
});

test("is signed for us-east-1 alone", async () => {
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  const client = new Route53Client({
    endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  await expect(client.send(new ListHostedZonesByNameCommand({}))).rejects.toThrow("valid region, not 'eu-west-1'");
  client.destroy();
});

test("what the SDK is told of a batch that is refused", async () => {
  const id = await create("example.org");
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  const client = new Route53Client({ endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } });
  const Changes = [
    {
      Action: "CREATE" as const,
      ResourceRecordSet: {
        Name: "a.example.net",
        Type: "A" as const,
        TTL: 1,
        ResourceRecords: [{ Value: "192.0.2.1" }],
      },
    },
  ];
  const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: id, ChangeBatch: { Changes } });
  await expect(client.send(command)).rejects.toMatchObject({
    name: "InvalidChangeBatch",
    message: "[RRSet with DNS name a.example.net. is not permitted in zone example.org.]",
  });
  client.destroy();
});
