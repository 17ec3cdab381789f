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

test("a deletion builds on what its own connection was shown last, if anything", () => {
  const seen = seenWith([set("a", "b"), 1], [undefined, 1], [set("x"), 2]);
  expect(seen.takeShown(key, set("a", "b", "x"), 1)).toEqual(set("a", "b"));
});

test("a deletion on another connection builds on what the client wrote and stands, else on the smallest answer", () => {
  const seen = seenWith([set("a"), 1], [set("a", "x", "y"), 2], [undefined, 3]);
  seen.wrote(key, set("x"), set("x", "b"));
  expect(seen.takeShown(key, set("a", "b", "x"), 4)).toEqual(set("b"));
  const gone = seenWith([set("a", "x"), 1], [set("a"), 2], [set("a", "x", "y"), 3]);
  gone.wrote(key, set("x"), set("x", "b"));
  expect(gone.takeShown(key, set("a", "x"), 4)).toEqual(set("a"));
});

test("a deletion by a client that neither read nor wrote builds on nothing", () => {
  const seen = seenWith([set("x"), 1]);
  expect(seen.takeShown(key, set("x"), 2)).toEqual(set("x"));
  expect(seen.takeShown(key, set("x"), 2)).toBeUndefined();
  expect(new SeenRecordSets().takeShown(key, set("x"), 1)).toBeUndefined();
});

test("what a client wrote is known for a day, what it read for a quarter of an hour", () => {
  let now = 0;
  const seen = new SeenRecordSets({ now: () => new Date(now) });
  seen.saw(key, set("x", "y"), 1);
  seen.wrote(key, undefined, set("a"));
  now = 15 * 60_000 + 1;
  expect(seen.shown(key)).toEqual([]);
  now += 24 * 60 * 60_000;
  expect(seen.takeShown(key, set("a", "x"), 2)).toEqual(set("a"));
  now += 24 * 60 * 60_000 + 1;
  expect(seen.takeShown(key, set("a", "x"), 2)).toBeUndefined();
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
