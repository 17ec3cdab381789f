/**
 * A certificate for names in a zone that this team cannot write: `_acme-challenge` there is a CNAME into a zone that it can.
 * The constructs name both zones; the values are written through akamai-dns-proxy where the CNAME leads, and nowhere else.
 */
import { Testing } from "cdktf";
import { CertificateIssuer, DnsZone, ManagedCertificate, UnexpiredProvider } from "../../constructs";
import { OwnProxy } from "../support/own-proxy";
import { nameServersOf, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import { makeStack } from "../support/synthesize-stack";

const delegation = {
  name: "_acme-challenge.www.example.org",
  type: "CNAME",
  ttlSeconds: 300,
  rdata: ["_acme-challenge.www-of-org.example.gov."],
};

let world: ProviderWorld;
let proxy: OwnProxy;

beforeAll(async () => {
  const zones = [{ name: "example.org", records: [delegation] }, { name: "example.gov" }];
  world = await startProviderWorld({ zones });
  const grant = "{ client: team-web, zone: example.gov, allow: acme-challenge, names: [www-of-org.example.gov] }";
  proxy = await OwnProxy.start(world.sandbox, [grant]);
});
afterAll(async () => {
  await proxy.close();
  await world.close();
});

function stackText(): string {
  const { sandbox } = world;
  const stack = makeStack();
  const { edgerc, section, ca_file: caFile } = proxy.edgeDns;
  new UnexpiredProvider(stack, "unexpired", {
    region: sandbox.aws.region,
    edgeDns: { edgerc, section, caFile },
    nameServers: nameServersOf(sandbox),
  });
  new ManagedCertificate(stack, "web", {
    domainNames: ["www.example.org", "*.www.example.org"],
    zones: ["example.org", "example.gov"].map((zoneName) => DnsZone.edgeDns(stack, zoneName, { zoneName })),
    issuer: CertificateIssuer.acme({ directoryUrl: sandbox.acme.directoryUrl, caFile: sandbox.files.acmeCaFile }),
  });
  return Testing.synth(stack, true);
}

test("issued by values in the other zone, which are gone afterwards; the zone of the names is never written", async () => {
  const { zones, account } = world.sandbox;
  const terraform = await world.project("");
  await terraform.write({ "main.tf": "", "cdk.tf.json": stackText() });
  await terraform.init();
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const [record] = account.region().acm.all();
  expect(record?.material?.info.names).toEqual(["www.example.org", "*.www.example.org"]);

  const writes = await proxy.writes();
  const place = delegation.rdata[0]?.replace(/\.$/, "") ?? "";
  expect(writes.length).toBeGreaterThanOrEqual(2);
  expect(writes.filter((line) => !line.includes(` TXT ${place}: done`))).toEqual([]);
  expect(zones.recordSet("example.gov", place, "TXT")).toBeUndefined();
  expect(zones.recordSets("example.org").filter(({ name }) => name.startsWith("_acme"))).toEqual([delegation]);
});
