/** The promise of the proxy: whatever the policy and the request, what is allowed stays within one grant. */
import fc from "fast-check";
import { canonicalRdata, isSameValue } from "../../../../src/dns/canonical-rdata";
import type { RecordSet } from "../../../../src/dns/record-set";
import { txtText } from "../../../../src/dns/txt";
import { planWrite, refuseUnread, type RequestedWrite } from "../../../../src/proxy/operations/plan-write";
import { acmeChallengeGrant, acmValidationGrant } from "../../../../src/proxy/policy/grant-presets";
import { parseNamePattern } from "../../../../src/dns/name-pattern";
import { actions, Policy, type Grant } from "../../../../src/proxy/policy/policy";

const zone = "e.gov";
const hex = "0a".repeat(16);
const digest = (letter: string) => letter.repeat(43);
const texts = [
  `"${digest("a")}"`,
  digest("b"),
  `"${"a".repeat(20)}" "${"a".repeat(23)}"`,
  `"${digest("c")} "`,
  '"v=spf1 a,b; c"',
  String.raw`"say \"hi\\"`,
  '"10.x"',
  "10.y",
];
const pools: Readonly<Record<string, readonly string[]>> = {
  TXT: texts,
  A: ["10.0.0.1", "10.0.0.2", "192.0.2.1", " 10.0.0.1"],
  CNAME: [`_${hex}.x.acm-validations.aws.`, `_${hex.toUpperCase()}.X.acm-validations.AWS`, "evil.test.", "10.test"],
};
const names = ["e.gov", "a.e.gov", "*.e.gov", "b.a.e.gov", "_acme-challenge.a.e.gov", "xa.e.gov", `_${hex}.a.e.gov`];
const patterns = ["e.gov", "a.e.gov", "*.e.gov", "**.e.gov", "\\*.e.gov", "**.a.e.gov", "*.a.e.gov"];
const ttls = [20, 60, 300];

const rangeOf = fc.constantFrom(undefined, { min: 50, max: 100 }, { min: 0, max: 1000 });
const actionsOf = fc.subarray([...actions], { minLength: 1 });
const preset = fc.record({
  names: fc.subarray(["e.gov", "a.e.gov", "*.a.e.gov"], { minLength: 1 }),
  actions: fc.option(actionsOf, { nil: undefined }),
  ttlSeconds: rangeOf,
  merge: fc.option(fc.boolean(), { nil: undefined }),
});
const place = { id: "g", client: "c", zone };
const grants: fc.Arbitrary<Grant> = fc.oneof(
  preset.map((fields) => acmeChallengeGrant({ ...place, ...fields })),
  preset.map((fields) => acmValidationGrant({ ...place, ...fields })),
  fc
    .record({
      names: fc.subarray(patterns, { minLength: 1 }),
      types: fc.subarray(["TXT", "A", "CNAME"], { minLength: 1 }),
      actions: actionsOf,
      values: fc.constantFrom(undefined, /^10\./u, /^[a-z0-9]{43}$/u),
      ttlSeconds: rangeOf,
      merge: fc.boolean(),
    })
    .map((fields) => ({
      ...place,
      ...fields,
      kind: "records" as const,
      recordNames: fields.names.map((name) => parseNamePattern(name, zone)),
    })),
);

const requests = fc
  .record({ name: fc.constantFrom(...names), type: fc.constantFrom("TXT", "A", "CNAME") })
  .chain(({ name, type }) => {
    const pool = pools[type] ?? [];
    const standing = fc.option(
      fc.record({
        name: fc.constant(name),
        type: fc.constant(type),
        ttlSeconds: fc.constantFrom(...ttls),
        rdata: fc.uniqueArray(fc.constantFrom(...pool.map((text) => (type === "TXT" ? quoted(text) : text.trim()))), {
          minLength: 1,
          maxLength: type === "CNAME" ? 1 : 4,
        }),
      }),
      { nil: undefined },
    );
    const sent = fc.record({
      ttlSeconds: fc.constantFrom(...ttls),
      rdata: fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: type === "CNAME" ? 1 : 4 }),
    });
    const operation = fc.constantFrom("create-record-set", "replace-record-set", "delete-record-set");
    return fc.record({
      name: fc.constant(name),
      type: fc.constant(type),
      current: standing,
      base: standing,
      sent,
      operation,
    });
  });

function quoted(text: string): string {
  return text.startsWith('"') ? text : `"${text}"`;
}

/** An oracle of its own: what one grant lets be added and taken away, told without the code under test. */
function mayHold(grant: Grant, { name, type }: { name: string; type: string }, text: string): boolean {
  const value = type === "TXT" ? txtText(text) : canonicalRdata(type, text).replace(/\.$/, "");
  switch (grant.kind) {
    case "acme-challenge":
      return (
        type === "TXT" &&
        grant.names.some((host) => name === `_acme-challenge.${host.replace("*.", "")}`) &&
        /^[\w-]{43}$/.test(value)
      );
    case "acm-validation":
      return (
        type === "CNAME" &&
        grant.names.some((host) => name === `_${hex}.${host.replace("*.", "")}`) &&
        new RegExp(`^_${hex}\\.x\\.acm-validations\\.aws$`).test(value)
      );
    case "records":
      return (
        grant.types.includes(type) &&
        grant.names.some((pattern) => globOf(pattern).test(name)) &&
        (grant.values?.test(value) ?? true)
      );
  }
}

function globOf(pattern: string): RegExp {
  const label = "[a-z0-9_-]+";
  const labels = pattern.split(".").map((part) => {
    if (part === "**") return `${label}(\\.${label})*`;
    return part === "*" ? label : part;
  });
  return new RegExp(`^${labels.join("\\.")}$`);
}

const among = (type: string, list: readonly string[], text: string) =>
  list.some((each) => isSameValue(type, each, text));

test("what is allowed fits into the grant it names, and foreign values keep their octets", () => {
  let allowed = 0;
  let changed = 0;
  fc.assert(
    fc.property(
      fc.array(grants, { maxLength: 3 }),
      requests,
      (granted, { operation, sent, current, base, ...path }) => {
        const policy = new Policy([], granted);
        const isDelete = operation === "delete-record-set";
        const write = { ...path, zone, client: "c", operation, sent: isDelete ? undefined : sent } as RequestedWrite;
        const known = [...(current?.rdata ?? []), ...(base?.rdata ?? [])];
        const { kind, decision, target } = planWrite(policy, write, { current, base }, known);
        if (kind !== "write" || decision.verdict === "deny") return;
        allowed++;
        checkWithin(decision.grant, path, current, target);
        for (const text of current?.rdata ?? [])
          if (!granted.some((grant) => mayHold(grant, path, text))) expect(target?.rdata).toContain(text);
        if (!isSame(current, target)) changed++;
      },
    ),
    { numRuns: 5_000 },
  );
  expect(allowed).toBeGreaterThan(300);
  expect(changed).toBeGreaterThan(150);
});

test.each([
  ["letter case and final dot of a name", "CNAME", ["Foreign.Test."], ["foreign.test"], ["Foreign.Test."]],
  ["how a text is split", "TXT", ['"ab" "c"', '"10.x"'], ['"10.y"', '"abc"'], ['"ab" "c"', '"10.y"']],
  ["one value in two texts", "TXT", ['"ab" "c"', '"abc"'], ["abc", "10.y"], ['"ab" "c"', '"abc"', '"10.y"']],
])("a write that is not merged leaves as it is: %s", (_, type, standing, sent, expected) => {
  const grant: Grant = {
    ...place,
    kind: "records",
    names: ["a.e.gov"],
    recordNames: [parseNamePattern("a.e.gov", zone)],
    types: [type],
    actions: ["update"],
    values: /^10\./,
    merge: false,
  };
  const path = { zone, name: "a.e.gov", type };
  const current = { ...path, ttlSeconds: 60, rdata: standing };
  const write = {
    ...path,
    client: "c",
    operation: "replace-record-set",
    sent: { ttlSeconds: 60, rdata: sent },
  } as const;
  const { kind, decision, target } = planWrite(new Policy([], [grant]), write, { current, base: current }, []);
  expect({ kind, verdict: decision.verdict, rdata: target?.rdata }).toEqual({
    kind: "write",
    verdict: "allow",
    rdata: expected,
  });
});

test("what is refused before the set is read would not have changed it, whatever it is", () => {
  let refused = 0;
  fc.assert(
    fc.property(
      fc.array(grants, { maxLength: 3 }),
      requests,
      (granted, { operation, sent, current, base, ...path }) => {
        const policy = new Policy([], granted);
        const isDelete = operation === "delete-record-set";
        const write = { ...path, zone, client: "c", operation, sent: isDelete ? undefined : sent } as RequestedWrite;
        if (refuseUnread(policy, write) === undefined) return;
        refused++;
        const builtOn = operation === "create-record-set" ? undefined : base;
        const { decision, target } = planWrite(policy, write, { current, base: builtOn }, []);
        expect(decision.verdict === "deny" || isSame(current, target)).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
  expect(refused).toBeGreaterThan(300);
});

function isSame(left: RecordSet | undefined, right: RecordSet | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function checkWithin(
  grant: Grant,
  path: { name: string; type: string },
  current: RecordSet | undefined,
  target: RecordSet | undefined,
): void {
  const [before, after] = [current?.rdata ?? [], target?.rdata ?? []];
  const added = after.filter((text) => !among(path.type, before, text));
  const removed = before.filter((text) => !among(path.type, after, text));
  for (const text of [...added, ...removed]) expect(mayHold(grant, path, text)).toBe(true);
  for (const text of added) if (path.type === "TXT") expect(text).toMatch(/^"/);
  if (target === undefined) return expect(grant.actions).toContain("delete");
  if (current === undefined) expect(grant.actions).toContain("create");
  if (current !== undefined && added.length + removed.length > 0 && !grant.merge)
    expect(grant.actions).toContain("update");
  if (current?.ttlSeconds !== target.ttlSeconds) {
    expect(target.ttlSeconds).toBeGreaterThanOrEqual(grant.ttlSeconds?.min ?? 0);
    expect(target.ttlSeconds).toBeLessThanOrEqual(grant.ttlSeconds?.max ?? Infinity);
    for (const text of before.filter((each) => after.includes(each))) expect(mayHold(grant, path, text)).toBe(true);
  }
}

test("a grant to read makes a foreign value no value of the client's: a merged write leaves it", () => {
  const everything: Grant = {
    ...place,
    kind: "records",
    names: ["*.e.gov"],
    recordNames: [parseNamePattern("*.e.gov", zone), parseNamePattern("_acme-challenge.e.gov", zone)],
    types: ["TXT"],
    actions: ["read"],
    merge: false,
  };
  const policy = new Policy([], [everything, acmeChallengeGrant({ ...place, names: ["e.gov"] })]);
  const name = "_acme-challenge.e.gov";
  const current = { name, type: "TXT", ttlSeconds: 60, rdata: ['"v=spf1 a,b; c"'] };
  const sent = { ttlSeconds: 60, rdata: [digest("a")] };
  const write = { client: "c", zone, name, type: "TXT", operation: "replace-record-set", sent } as const;
  const plan = planWrite(policy, write, { current, base: current }, current.rdata);
  expect(plan.decision.verdict).toBe("allow");
  expect(plan.target?.rdata).toEqual(['"v=spf1 a,b; c"', `"${digest("a")}"`]);
});
