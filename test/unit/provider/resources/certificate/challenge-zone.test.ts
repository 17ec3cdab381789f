import { challengeZone, checkHostedZoneId } from "../../../../../src/provider/resources/certificate/challenge-zone";

test("zones are named in canonical form, those in Route 53 with their ID", () => {
  expect(challengeZone({ name: "Example.gov.", type: "edge_dns", id: null })).toEqual({
    type: "edge_dns",
    name: "example.gov",
  });
  const id = "Z0123456789ABCDEFGHIJ";
  expect(challengeZone({ name: "Example.org.", type: "route53", id })).toEqual({
    type: "route53",
    name: "example.org",
    id,
  });
});

test("an ID that was unknown when the configuration was checked is checked all the same", () => {
  expect(() => challengeZone({ name: "example.gov", type: "route53", id: null })).toThrow("has no id");
  expect(() => challengeZone({ name: "example.gov", type: "edge_dns", id: "Z1" })).toThrow("has an id");
});

test.each(["/hostedzone/Z0123456789", "z0123456789", "example.gov", ""])("%j is no ID of a hosted zone", (id) => {
  expect(() => checkHostedZoneId(id)).toThrow("is not the ID of a hosted zone");
});
