import type { RecordSet } from "../../../../src/dns/record-set";
import { SeenRecordSets } from "../../../../src/proxy/merge/seen-record-sets";

const key = { client: "web", zone: "e.gov", name: "n.e.gov", type: "TXT" };
const set = (...values: string[]): RecordSet => ({
  name: key.name,
  type: "TXT",
  ttlSeconds: 60,
  rdata: values.map((value) => `"${value}"`),
});

function seenWith(...views: [RecordSet | undefined, number][]): SeenRecordSets {
  const seen = new SeenRecordSets();
  for (const [view, connection] of views) seen.saw(key, view, connection);
  return seen;
}

test("the same connection's last answer, although another fits better", () => {
  const seen = seenWith([set("a"), 1], [set("a", "b"), 1], [set("a"), 2]);
  expect(seen.takeBase(key, set("a", "c"), 1)).toEqual(set("a", "b"));
});

test("on a new connection the answer that makes the smallest change", () => {
  const seen = seenWith([set("x"), 1], [set("x", "b"), 2]);
  expect(seen.takeBase(key, set("x", "a"), 3)).toEqual(set("x"));
  expect(seen.takeBase(key, set("x", "b", "c"), 4)).toEqual(set("x", "b"));
});

test("an answer that would make it no change comes last", () => {
  expect(seenWith([set("x"), 1], [set("x", "b"), 2]).takeBase(key, set("x"), 3)).toEqual(set("x", "b"));
  expect(seenWith([set("x"), 1]).takeBase(key, set("x"), 3)).toEqual(set("x"));
});

test("an answer is used up; then only what the client wrote counts", () => {
  const seen = seenWith([set("x"), 1]);
  expect(seen.takeBase(key, set("x", "a"), 1)).toEqual(set("x"));
  expect(seen.takeBase(key, set("x", "a"), 1)).toBeUndefined();
  seen.wrote(key, set("x"), set("x", "a", "b"));
  seen.wrote(key, set("x", "a", "b"), set("x", "b"));
  expect(seen.takeBase(key, set("b", "c"), 1)?.rdata).toEqual(['"b"']);
});

test("a deletion builds on the last answer that showed anything", () => {
  const seen = seenWith([set("x"), 1], [undefined, 2]);
  expect(seen.takeShown(key, 3)).toEqual(set("x"));
  expect(seen.takeShown(key, 3)).toBeUndefined();
});

test("clients know nothing of each other", () => {
  const seen = seenWith([set("x"), 1]);
  expect(seen.takeBase({ ...key, client: "other" }, set("x"), 1)).toBeUndefined();
  expect(seen.shown(key)).toEqual(['"x"']);
});

test("what is old is forgotten, and so are sets beyond the limit", () => {
  let now = 0;
  const seen = new SeenRecordSets({ now: () => new Date(now) }, 1000, 2, 2);
  for (const name of ["a", "b", "c", "d"]) seen.saw({ ...key, name }, set("x"), 1);
  expect(seen.shown({ ...key, name: "d" })).toEqual(['"x"']);
  expect(seen.shown({ ...key, name: "a" })).toEqual([]);
  seen.saw(key, set("x"), 1);
  seen.saw(key, set("y"), 1);
  seen.saw(key, set("z"), 1);
  expect(seen.shown(key)).toEqual(['"y"', '"z"']);
  now = 1001;
  expect(seen.shown(key)).toEqual([]);
});
