import fc from "fast-check";
import { planWrite, type RequestedWrite } from "../../../../../src/proxy/operations/plan-write";
import { parseNamePattern } from "../../../../../src/dns/name-pattern";
import { Policy, type Grant } from "../../../../../src/proxy/policy/policy";
import { GrantIndex } from "../../../../../src/proxy/policy-file/lint/grant-index";
import { shadowedGrant } from "../../../../../src/proxy/policy-file/lint/shadowed-grant";

const grants = fc.array(
  fc
    .record({
      name: fc.constantFrom("a.e.gov", "*.e.gov", "**.e.gov"),
      types: fc.subarray(["A", "TXT"], { minLength: 1 }),
      actions: fc.subarray(["read", "create", "update", "delete"] as const, { minLength: 1 }),
      values: fc.constantFrom(undefined, /^1/u, /^2/u),
      ttlSeconds: fc.constantFrom(undefined, { min: 60, max: 100 }, { min: 0, max: 300 }),
      merge: fc.boolean(),
    })
    .map(({ name, ...rest }): Omit<Grant, "id"> => {
      const recordNames = [parseNamePattern(name, "e.gov")];
      return { client: "c", zone: "e.gov", kind: "records", names: [name], recordNames, ...rest };
    }),
  { minLength: 2, maxLength: 3 },
);
const rdata = fc.subarray(["1.0.0.1", "1.0.0.2", "2.0.0.1", "3.0.0.1"], { minLength: 1 });
const ttlSeconds = fc.constantFrom(30, 80, 200);
const sets = fc.option(fc.record({ ttlSeconds, rdata }), { nil: undefined });

test("a shadowed grant can go, and every write is planned as before", () => {
  let shadowed = 0;
  fc.assert(
    fc.property(grants, fc.constantFrom("A", "TXT"), sets, sets, sets, (entries, type, sent, standing, read) => {
      const all = entries.map((entry, place): Grant => ({ ...entry, id: `grants[${place}]` }));
      const subject = { clients: [], grants: all, index: new GrantIndex(all), now: new Date(0) };
      const gone = new Set([...shadowedGrant.check(subject)].map(({ path }) => path[1]));
      shadowed += gone.size;
      const name = "a.e.gov";
      const operation = sent === undefined ? "delete-record-set" : "replace-record-set";
      const write: RequestedWrite = { client: "c", zone: "e.gov", name, type, operation, sent };
      const named = (set: typeof sent) => set && { name, type, ...set };
      const planned = (kept: Grant[]) => {
        const state = { current: named(standing), base: named(read) };
        const { kind, target, decision } = planWrite(new Policy([], kept), write, state, []);
        return [kind, decision.verdict, decision.verdict === "allow" ? target : undefined];
      };
      expect(planned(all.filter((_, place) => !gone.has(place)))).toEqual(planned(all));
    }),
    { numRuns: 5_000 },
  );
  expect(shadowed).toBeGreaterThan(500);
});
