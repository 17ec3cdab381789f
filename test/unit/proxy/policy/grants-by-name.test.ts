import fc from "fast-check";
import { decide, type AccessRequest, type Decision } from "../../../../src/proxy/policy/decide";
import { acmeChallengeGrant, acmValidationGrant } from "../../../../src/proxy/policy/grant-presets";
import { GrantsByName } from "../../../../src/proxy/policy/grants-by-name";
import { parseNamePattern } from "../../../../src/dns/name-pattern";
import { actions, grantsFor, Policy, type Grant } from "../../../../src/proxy/policy/policy";

const zone = "e.gov";
const validation = `_${"0f".repeat(16)}`;
const inZone = (labels: readonly string[]) => [...labels, zone].join(".");

const patterns = fc
  .tuple(
    fc.constantFrom([], [], ["**"], ["\\*"], ["_acme-challenge"]),
    fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 3 }),
  )
  .map(([first, rest]) => inZone([...first, ...rest]));
const names = fc
  .tuple(
    fc.constantFrom([], ["*"], ["_acme-challenge"], [validation]),
    fc.array(fc.constantFrom("a", "b", "ab"), { maxLength: 4 }),
  )
  .map(([first, rest]) => inZone([...first, ...rest]));

const hosts = fc.uniqueArray(fc.constantFrom("e.gov", "a.e.gov", "*.a.e.gov", "b.a.e.gov"), { minLength: 1 });
const types = fc.subarray(["TXT", "A", "CNAME"], { minLength: 1 });
const who = { client: fc.constantFrom("one", "two"), zone: fc.constantFrom(zone, "a.e.gov") };
const grants: fc.Arbitrary<Omit<Grant, "id">> = fc.oneof(
  fc.record({ ...who, names: hosts }).map((fields) => acmeChallengeGrant({ id: "", ...fields })),
  fc.record({ ...who, names: hosts }).map((fields) => acmValidationGrant({ id: "", ...fields })),
  fc
    .record({
      client: who.client,
      names: fc.array(patterns, { minLength: 1, maxLength: 3 }),
      types,
      actions: fc.subarray([...actions], { minLength: 1 }),
      values: fc.constantFrom(undefined, /^10\./u),
      merge: fc.boolean(),
    })
    .map((fields) => ({
      ...fields,
      zone,
      kind: "records" as const,
      recordNames: fields.names.map((name) => parseNamePattern(name, zone)),
    })),
);
const policies = fc
  .array(grants, { maxLength: 12 })
  .map((list) => list.map((grant, index): Grant => ({ ...grant, id: `grants[${index}]` })));

const requests: fc.Arbitrary<AccessRequest> = fc
  .record({ ...who, name: names, type: fc.constantFrom("TXT", "A", "CNAME", "MX") })
  .chain((place) => {
    const set = fc.constantFrom(undefined, ["10.0.0.1"], ["192.0.2.1"]).map((rdata) => {
      return rdata && { name: place.name, type: place.type, ttlSeconds: 300, rdata };
    });
    return fc.oneof(
      fc.constant({ kind: "zone" as const, client: place.client, zone: place.zone }),
      fc
        .subarray([...actions], { minLength: 1 })
        .map((asked) => ({ kind: "actions" as const, ...place, actions: asked })),
      fc.tuple(set, set).map(([current, wanted]) => ({ kind: "change" as const, ...place, current, wanted })),
    );
  });

test("the grants of a name are those whose pattern matches it, in the order of the policy", () => {
  fc.assert(
    fc.property(policies, fc.array(names, { minLength: 1, maxLength: 8 }), (list, asked) => {
      const index = new GrantsByName();
      list.forEach((grant) => index.add(grant));
      expect(index.all).toEqual(list);
      for (const name of asked)
        expect(index.of(name).map(({ id }) => id)).toEqual(
          list.filter(({ recordNames }) => recordNames.some((each) => each.matches(name))).map(({ id }) => id),
        );
    }),
  );
});

/** The rule without an index: one grant after the other, the first that fits, else the first of the nearest misses. */
function decideOneByOne(list: readonly Grant[], request: AccessRequest): Decision {
  const order = ["zone", "name", "type", "action", "value", "ttl"].map((word) => `${word}-not-granted`);
  const rank = (decision: Decision) => (decision.verdict === "deny" ? order.indexOf(decision.reason.code) : Infinity);
  const single = [[], ...list.map((grant) => [grant])].map((grant) => decide(new Policy([], grant), request));
  return single.reduce((best, next) => (rank(next) > rank(best) ? next : best));
}

test("a decision is the same as without the index, and so are the grants of a record set", () => {
  fc.assert(
    fc.property(policies, requests, (list, request) => {
      const policy = new Policy([], list);
      expect(decide(policy, request)).toEqual(decideOneByOne(list, request));
      if (request.kind === "zone") return;
      const { client, name, type } = request;
      expect(grantsFor(policy, client, request.zone, name, type)).toEqual(
        list.filter(
          (grant) =>
            grant.client === client &&
            grant.zone === request.zone &&
            grant.types.includes(type) &&
            grant.recordNames.some((each) => each.matches(name)),
        ),
      );
    }),
    { numRuns: 1000 },
  );
});
