import fc from "fast-check";
import type { RecordSet } from "../../../../src/dns/record-set";
import { mergeRecordSet } from "../../../../src/proxy/merge/merge-record-set";

const set = (...values: string[]): RecordSet | undefined =>
  values.length === 0
    ? undefined
    : { name: "n.e.gov", type: "TXT", ttlSeconds: 60, rdata: values.map((value) => `"${value}"`) };
const merge = (current: string[], base: string[], wanted: string[], foreign: string[] = []) =>
  mergeRecordSet({
    current: set(...current),
    base: set(...base),
    wanted: set(...wanted),
    mayTouch: (value) => !foreign.some((each) => value === `"${each}"`),
    mayUpdate: true,
  })?.rdata.map((value) => value.slice(1, -1));

test.each([
  ["an addition", ["a"], ["a"], ["a", "b"], ["a", "b"]],
  ["an addition beside somebody's", ["a", "x"], ["a"], ["a", "b"], ["a", "x", "b"]],
  ["a removal beside somebody's", ["a", "b", "x"], ["a", "b"], ["a"], ["a", "x"]],
  ["a removal of what is gone", ["a"], ["a", "b"], ["a"], ["a"]],
  ["a creation where somebody created", ["x"], [], ["a"], ["x", "a"]],
  ["a deletion of what was seen", ["a", "x"], ["a"], [], ["x"]],
  ["a deletion of everything", ["a"], ["a"], [], undefined],
  ["an addition where all is gone", [], ["a"], ["a", "b"], ["b"]],
  ["a value others took away stays away", ["b"], ["a", "b"], ["a", "b"], ["b"]],
])("%s", (_, current, base, wanted, expected) => {
  expect(merge(current, base, wanted)).toEqual(expected);
});

test("foreign values stay, and so does the TTL they share", () => {
  expect(merge(["f", "a"], ["f", "a"], [], ["f"])).toEqual(["f"]);
  const shared = mergeRecordSet({
    current: set("f"),
    base: set("f"),
    wanted: { name: "n.e.gov", type: "TXT", ttlSeconds: 600, rdata: ['"f"', '"a"'] },
    mayTouch: (value) => value !== '"f"',
    mayUpdate: true,
  });
  expect(shared?.ttlSeconds).toBe(60);
});

test.each([
  [true, 600],
  [false, 60],
])("the TTL of an own set, if it may be updated: %s", (mayUpdate, expected) => {
  const merged = mergeRecordSet({
    current: set("a"),
    base: set("a"),
    wanted: { name: "n.e.gov", type: "TXT", ttlSeconds: 600, rdata: ['"a"', '"b"'] },
    mayTouch: () => true,
    mayUpdate,
  });
  expect(merged?.ttlSeconds).toBe(expected);
});

test("clients that each add and take away their own, in any order, end where one after the other would", () => {
  const values = fc.uniqueArray(fc.constantFrom<string[]>("a", "b", "c", "d", "e", "f"));
  fc.assert(
    fc.property(values, fc.array(fc.tuple(values, values), { maxLength: 5 }), (start, changes) => {
      let current: string[] = start;
      let expected = new Set<string>(start);
      for (const [adds, removes] of changes) {
        const kept = start.filter((value) => !removes.includes(value));
        const wanted = [...new Set([...kept, ...adds])];
        current = merge(current, start, wanted) ?? [];
        expected = new Set([...expected].filter((value) => !start.includes(value) || wanted.includes(value)));
        for (const value of wanted) if (!start.includes(value)) expected.add(value);
      }
      expect(new Set(current)).toEqual(expected);
    }),
  );
});
