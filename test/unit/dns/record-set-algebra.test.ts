import fc from "fast-check";
import type { RecordSet } from "../../../src/dns/record-set";
import {
  addValues,
  diffRecordSets,
  hasValue,
  isSameRecordSet,
  removeValues,
} from "../../../src/dns/record-set-algebra";
import { encodeTxt } from "../../../src/dns/txt";

const set = (rdata: readonly string[], changes: Partial<RecordSet> = {}): RecordSet => ({
  name: "_acme-challenge.example.test",
  type: "TXT",
  ttlSeconds: 60,
  rdata,
  ...changes,
});

/** Distinct values in spellings of a stranger: quoted, bare, cut in several strings. */
const spelling = fc.constantFrom<(value: string) => string>(
  (value) => encodeTxt(value),
  (value) => value,
  (value) => `"${value.slice(0, 1)}" "${value.slice(1)}"`,
);
const value = fc.string({ unit: fc.constantFrom(..."abcXYZ-_"), minLength: 1, maxLength: 4 });
const values = fc.uniqueArray(value, { maxLength: 6 });
const spelled = values.chain((list) =>
  fc
    .array(spelling, { minLength: list.length, maxLength: list.length })
    .map((ways) => list.map((each, i) => (ways[i] ?? encodeTxt)(each))),
);

describe("record-set algebra", () => {
  test("added values are there, once, and what was there keeps its text and place", () => {
    fc.assert(
      fc.property(spelled, spelled, (present, added) => {
        const grown = addValues(set(present), added);
        expect(grown.rdata.slice(0, present.length)).toEqual(present);
        expect(added.every((each) => hasValue(grown, each))).toBe(true);
        expect(addValues(grown, added)).toEqual(grown);
      }),
    );
  });

  test("removing what was added gives back the set of strangers, octet for octet", () => {
    fc.assert(
      fc.property(spelled, spelled, (foreign, ours) => {
        const before = set(foreign);
        const own = ours.filter((each) => !hasValue(before, each));
        expect(removeValues(addValues(before, own), own)).toEqual(before);
      }),
    );
  });

  test("adding commutes as a set", () => {
    fc.assert(
      fc.property(spelled, spelled, spelled, (start, left, right) => {
        const one = addValues(addValues(set(start), left), right);
        const other = addValues(addValues(set(start), right), left);
        expect(isSameRecordSet(one, other)).toBe(true);
      }),
    );
  });

  test("a diff says exactly what leads from one set to the other", () => {
    fc.assert(
      fc.property(spelled, spelled, (from, to) => {
        const diff = diffRecordSets(set(from), set(to));
        const led = addValues(removeValues(set(from), diff.removed), diff.added);
        expect(isSameRecordSet(led, set(to))).toBe(true);
        expect([...diff.kept, ...diff.removed].sort()).toEqual([...from].sort());
      }),
    );
  });

  test("absent sets, doubled values and a new TTL", () => {
    expect(diffRecordSets(undefined, set(['"a"', "a"]))).toEqual({ added: ['"a"'], removed: [], kept: [] });
    expect(diffRecordSets(set(['"a"']), undefined)).toEqual({ added: [], removed: ['"a"'], kept: [] });
    expect(diffRecordSets(undefined, undefined)).toEqual({ added: [], removed: [], kept: [] });
    expect(diffRecordSets(set(['"a"']), set(["a"], { ttlSeconds: 600 }))).toEqual({
      added: [],
      removed: [],
      kept: ['"a"'],
      ttl: { fromSeconds: 60, toSeconds: 600 },
    });
  });

  test("TXT values differ by letter case, names do not", () => {
    expect(hasValue(set(['"abc"']), "ABC")).toBe(false);
    expect(hasValue(set(["Target.Example.test."], { type: "CNAME" }), "target.example.TEST")).toBe(true);
    expect(isSameRecordSet(set([], { name: "A.test." }), set([], { name: "a.test" }))).toBe(true);
    expect(isSameRecordSet(set([]), set([], { type: "SPF" }))).toBe(false);
  });
});
