import type { AcmeAuthorization } from "../../../src/acme/authorization";
import { parseDomainName } from "../../../src/certificates/domain-name";
import { findPlaces, groupChallenges } from "../../../src/issuance/challenge-places";

const names = (...texts: string[]) => texts.map(parseDomainName);
const edgeDns = (name: string) => ({ type: "edge_dns" as const, name });
const aliases = (targets: Readonly<Record<string, string>> = {}) => ({
  cnameOf: async (name: string) => targets[name],
});

test("apex and wildcard share a name, each name is in the deepest of our zones", async () => {
  const places = await findPlaces(
    names("app.example.gov", "*.app.example.gov", "example.gov"),
    [edgeDns("example.gov"), edgeDns("app.example.gov")],
    aliases(),
  );
  expect(Object.fromEntries(places)).toEqual({
    "_acme-challenge.app.example.gov": { zone: edgeDns("app.example.gov"), name: "_acme-challenge.app.example.gov" },
    "_acme-challenge.example.gov": { zone: edgeDns("example.gov"), name: "_acme-challenge.example.gov" },
  });
});

test("a delegated challenge is written where its CNAME ends", async () => {
  const route53 = { type: "route53" as const, name: "example.org", id: "Z0123456789" };
  const delegated = aliases({ "_acme-challenge.app.example.gov": "app.acme.example.org" });
  const places = await findPlaces(names("app.example.gov"), [edgeDns("example.gov"), route53], delegated);
  expect([...places.values()]).toEqual([{ zone: route53, name: "app.acme.example.org" }]);
});

test.each([
  ["no zone of ours", aliases(), "_acme-challenge.app.example.net is in none of the zones example.gov"],
  [
    "an alias that leads out of them",
    aliases({ "_acme-challenge.app.example.net": "x.test" }),
    "x.test, to which _acme-challenge.app.example.net points, is in none of the zones example.gov",
  ],
])("%s holds the name", async (_, nameServers, message) => {
  await expect(findPlaces(names("app.example.net"), [edgeDns("example.gov")], nameServers)).rejects.toMatchObject({
    code: "dns_zone_not_found",
    message,
  });
});

test("only pending challenges are written, all of one name together, also where two names lead to one", async () => {
  const shared = { zone: edgeDns("example.org"), name: "shared.example.org" };
  const places = new Map([
    ["_acme-challenge.a.example.gov", shared],
    ["_acme-challenge.b.example.gov", shared],
    ["_acme-challenge.c.example.gov", { zone: edgeDns("example.gov"), name: "_acme-challenge.c.example.gov" }],
  ]);
  const authorization = (label: string, status: string, value: string) =>
    ({ status, dns01: { recordName: `_acme-challenge.${label}.example.gov`, value } }) as unknown as AcmeAuthorization;
  const sets = groupChallenges(
    [
      authorization("a", "pending", "1"),
      authorization("b", "pending", "2"),
      authorization("c", "valid", "3"),
      authorization("a", "pending", "4"),
    ],
    places,
  );
  expect(sets.map(({ name, challenges }) => [name, challenges.map(({ value }) => value)])).toEqual([
    ["shared.example.org", ["1", "2", "4"]],
  ]);
});

test("a zone that is given twice: nobody can tell from here which of them the CA asks", async () => {
  const zones = [
    { type: "edge_dns" as const, name: "example.gov" },
    { type: "route53" as const, name: "example.gov", id: "Z0123456789" },
  ];
  const finding = findPlaces([parseDomainName("app.example.gov")], zones, { cnameOf: async () => undefined });
  await expect(finding).rejects.toMatchObject({
    code: "invalid_config",
    message: "zone example.gov is given 2 times: Edge DNS, hosted zone Z0123456789 of Route 53",
  });
});
