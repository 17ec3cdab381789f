/** Challenge values in the emulated Route 53: by itself under races, and in whole orders. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { HostedZones } from "../../../src/aws/hosted-zones";
import { parseDomainName } from "../../../src/certificates/domain-name";
import { issueCertificate, type IssueRequest } from "../../../src/issuance/issue-certificate";
import { IssuanceJournal } from "../../../src/issuance/journal";
import { Route53ChallengeRecords } from "../../../src/issuance/route53-challenge-records";
import { withDeadline } from "../../../src/platform/deadline";
import { hostile } from "../../../src/sandbox/aws/aws-faults";
import { startEmulatedAws } from "../../support/emulated-aws";
import { giveBack, startIssuanceWorld, type IssuanceWorld } from "../../support/issuance-world";

const challenge = "_acme-challenge.example.org";
const foreign = {
  name: challenge,
  type: "TXT",
  ttlSeconds: 300,
  rdata: ['"kept by \\"somebody\\""   "else"', '"\\303\\251"'],
};

async function createZone(zones: HostedZones, name = "example.org") {
  const { id } = await zones.create({ name, callerReference: name });
  return { type: "route53" as const, name, id };
}

test("writers that race on one name, at a hostile AWS: nobody's value is lost, and foreign ones stay to the octet", async () => {
  const emulated = await startEmulatedAws();
  try {
    const zones = emulated.access().hostedZones();
    const zone = await createZone(zones);
    await zones.change(zone.id, [{ action: "CREATE", set: foreign }]);
    emulated.account.faults = { ...hostile, enforceRates: false, changeDelayMs: 20 };
    const writers = [1, 2].map(() => new Route53ChallengeRecords({ zones: emulated.access().hostedZones() }));
    const valuesOf = (writer: number) => [`value-${writer}-a`, `value-${writer}-b`];
    // each adds, then takes one away while the other still adds
    await Promise.all(
      writers.map(async (records, writer) => {
        await records.add(zone, challenge, valuesOf(writer));
        await records.remove(zone, challenge, [`value-${writer}-a`]);
      }),
    );
    emulated.account.faults = { ...hostile, throttledShare: 0, serverErrorShare: 0, enforceRates: false };
    const set = await zones.recordSet(zone.id, foreign);
    expect(set).toMatchObject({ ttlSeconds: 300 });
    expect([...(set?.rdata ?? [])].sort()).toEqual([...foreign.rdata, '"value-0-b"', '"value-1-b"'].sort());
    await Promise.all(writers.map((records, writer) => records.remove(zone, challenge, valuesOf(writer))));
    expect(await zones.recordSet(zone.id, foreign)).toEqual(foreign);
  } finally {
    await emulated.close();
  }
});

describe("whole orders", () => {
  const names = ["example.org", "*.example.org"].map(parseDomainName);
  let world: IssuanceWorld;
  let zones: HostedZones;
  let zone: Awaited<ReturnType<typeof createZone>>;
  let request: IssueRequest;
  beforeEach(async () => {
    world = await startIssuanceWorld({ zones: [{ name: "example.gov" }] });
    zones = world.aws.hostedZones();
    zone = await createZone(zones);
    request = { names, keyAlgorithm: "EC_prime256v1", zones: [zone] };
  });
  afterEach(() => world.close());

  const challengeSet = () => zones.recordSet(zone.id, foreign);
  const journalEntries = () => readdirSync(join(world.folder, "journal"));
  const orders = () => world.sandbox.acme.orders();

  test("apex and wildcard in a set that others use", async () => {
    await zones.change(zone.id, [{ action: "CREATE", set: foreign }]);
    const { kept, leftovers } = await issueCertificate(request, world.parts, async ({ chain }) => ({
      names: chain.leaf.names,
      written: (await challengeSet())?.rdata.length,
    }));
    expect(leftovers).toEqual([]);
    expect([...kept.names].sort()).toEqual([...names].sort());
    expect(kept.written).toBe(foreign.rdata.length + 2);
    expect(await challengeSet()).toEqual(foreign);
    expect(journalEntries()).toEqual([]);
  });

  test("names in zones of both kinds, each proved in its own", async () => {
    const both: IssueRequest = {
      ...request,
      names: ["app.example.gov", "app.example.org"].map(parseDomainName),
      zones: [...request.zones, { type: "edge_dns", name: "example.gov" }],
    };
    const { kept } = await issueCertificate(both, world.parts, async ({ chain }) => ({
      names: chain.leaf.names,
      edgeDns: world.sandbox.zones.recordSet("example.gov", "_acme-challenge.app.example.gov", "TXT")?.rdata.length,
      route53: (await zones.recordSet(zone.id, { name: "_acme-challenge.app.example.org", type: "TXT" }))?.rdata.length,
    }));
    expect(kept).toEqual({ names: expect.arrayContaining([...both.names]) as unknown, edgeDns: 1, route53: 1 });
    expect(await zones.recordSet(zone.id, { name: "_acme-challenge.app.example.org", type: "TXT" })).toBeUndefined();
  });

  test("values of a dead run are removed where they were written, although the zone is not among ours any more", async () => {
    await world.parts.records.add(zone, challenge, ["left-by-a-dead-run"]);
    const long = { clock: { now: () => new Date("2020-01-01") } };
    const records = [{ zone: zone, name: challenge, values: ["left-by-a-dead-run"] }];
    const { directoryUrl } = world.connection;
    await new IssuanceJournal(join(world.folder, "journal"), long).begin({ directoryUrl, names, records });
    const elsewhere: IssueRequest = {
      ...request,
      names: [parseDomainName("app.example.gov")],
      zones: [{ type: "edge_dns", name: "example.gov" }],
    };
    await issueCertificate(elsewhere, world.parts, giveBack);
    expect(await challengeSet()).toBeUndefined();
    expect(journalEntries()).toEqual([]);
  });

  test("another hosted zone of the name, which is not delegated: said what to check, and nothing is left in it", async () => {
    const { id } = await zones.create({ name: "example.org", callerReference: "another" });
    const signal = withDeadline(undefined, 3_000);
    const wrong = { ...request, zones: [{ ...zone, id }] };
    await expect(issueCertificate(wrong, { ...world.parts, signal }, giveBack)).rejects.toMatchObject({
      code: "dns_not_propagated",
      hint: expect.stringContaining(`name servers of hosted zone ${id}, and not of another zone example.org`) as string,
    });
    expect(await zones.recordSet(id, foreign)).toBeUndefined();
    await issueCertificate(request, world.parts, giveBack);
    expect(orders()).toHaveLength(1);
  });

  test.each<[string, (id: string) => Partial<typeof zone>, string]>([
    ["a zone that is not there", () => ({ id: "Z00000000000" }), "dns_zone_not_found"],
    ["the ID of another zone", (id) => ({ id, name: "org" }), "dns_zone_not_found"],
  ])("%s: refused before anything is written or ordered", async (_, wrong, code) => {
    const zones = [{ ...zone, ...wrong(zone.id) }];
    await expect(issueCertificate({ ...request, zones }, world.parts, giveBack)).rejects.toMatchObject({ code });
    expect(orders()).toEqual([]);
    expect(await challengeSet()).toBeUndefined();
  });
});
