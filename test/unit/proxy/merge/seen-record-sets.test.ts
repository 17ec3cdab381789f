import type { RecordSet } from "../../../../src/dns/record-set";
import { LocalMemoryStore } from "../../../../src/proxy/coordination/local-memory-store";
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
  for (const [view, connection] of views) void seen.saw(key, view, String(connection));
  return seen;
}

test("the same connection's last answer, although another fits better", async () => {
  const seen = seenWith([set("a"), 1], [set("a", "b"), 1], [set("a"), 2]);
  expect(await seen.takeBase(key, set("a", "c"), set("a", "b"), "1")).toEqual(set("a", "b"));
});

test("on a new connection the answer that makes the smallest change", async () => {
  const seen = seenWith([set("x"), 1], [set("x", "b"), 2]);
  expect(await seen.takeBase(key, set("x", "a"), set("x", "b"), "3")).toEqual(set("x"));
  expect(await seen.takeBase(key, set("x", "b", "c"), set("x", "b"), "4")).toEqual(set("x", "b"));
});

test("an answer that would make it no change comes last", async () => {
  const stands = set("x", "b");
  expect(await seenWith([set("x"), 1], [stands, 2]).takeBase(key, set("x"), stands, "3")).toEqual(stands);
  expect(await seenWith([set("x"), 1]).takeBase(key, set("x"), stands, "3")).toEqual(set("x"));
});

test("what would come of it counts: a value that stands already is not added", async () => {
  const stands = set("x", "a", "b");
  // to take b away after the second answer, not to add the a that is there after the first
  expect(await seenWith([set("x"), 1], [stands, 2]).takeBase(key, set("x", "a"), stands, "3")).toEqual(stands);
});

test("what another answer shows was not made up: the request has it from there", async () => {
  // the process of the first answer died; x is gone by now, and a is to go
  const seen = seenWith([set("y"), 1], [set("y", "x", "a"), 2]);
  expect(await seen.takeBase(key, set("y", "x"), set("y", "a"), "3")).toEqual(set("y", "x", "a"));
});

test("an answer is used up; then only what the client wrote counts", async () => {
  const seen = seenWith([set("x"), 1]);
  expect(await seen.takeBase(key, set("x", "a"), set("x"), "1")).toEqual(set("x"));
  expect(await seen.takeBase(key, set("x", "a"), set("x"), "1")).toBeUndefined();
  await seen.wrote(key, set("x"), set("x", "a", "b"));
  await seen.wrote(key, set("x", "a", "b"), set("x", "b"));
  expect((await seen.takeBase(key, set("b", "c"), set("x", "b"), "1"))?.rdata).toEqual(['"b"']);
});

test("a deletion builds on what its own connection was shown last, if anything", async () => {
  const seen = seenWith([set("a", "b"), 1], [undefined, 1], [set("x"), 2]);
  expect(await seen.takeShown(key, set("a", "b", "x"), "1")).toEqual(set("a", "b"));
});

test("a deletion on another connection builds on what the client wrote and stands, else on the smallest answer", async () => {
  const seen = seenWith([set("a"), 1], [set("a", "x", "y"), 2], [undefined, 3]);
  await seen.wrote(key, set("x"), set("x", "b"));
  expect(await seen.takeShown(key, set("a", "b", "x"), "4")).toEqual(set("b"));
  const gone = seenWith([set("a", "x"), 1], [set("a"), 2], [set("a", "x", "y"), 3]);
  await gone.wrote(key, set("x"), set("x", "b"));
  expect(await gone.takeShown(key, set("a", "x"), "4")).toEqual(set("a"));
});

test("a deletion on another connection spares what another process of the client wrote after it was read", async () => {
  const seen = seenWith([set("a"), 1], [set("a"), 2]);
  await seen.wrote(key, undefined, set("a", "b"));
  expect(await seen.takeShown(key, set("a", "b"), "3")).toEqual(set("a"));
});

test("a deletion on another connection is not built on an answer of which nothing stands", async () => {
  const seen = seenWith([set("gone"), 1], [set("a"), 2]);
  await seen.wrote(key, undefined, set("a", "b"));
  expect(await seen.takeShown(key, set("a", "b"), "3")).toEqual(set("a"));
});

test("a deletion by a client that neither read nor wrote builds on nothing", async () => {
  const seen = seenWith([set("x"), 1]);
  expect(await seen.takeShown(key, set("x"), "2")).toEqual(set("x"));
  expect(await seen.takeShown(key, set("x"), "2")).toBeUndefined();
  expect(await new SeenRecordSets().takeShown(key, set("x"), "1")).toBeUndefined();
});

test("what a client wrote is known for a day, what it read for a quarter of an hour", async () => {
  let now = 0;
  const seen = new SeenRecordSets(new LocalMemoryStore({ now: () => new Date(now) }));
  await seen.saw(key, set("x", "y"), "1");
  await seen.wrote(key, undefined, set("a"));
  now = 15 * 60_000 + 1;
  expect(await seen.shown(key)).toEqual([]);
  now += 24 * 60 * 60_000;
  expect(await seen.takeShown(key, set("a", "x"), "2")).toEqual(set("a"));
  now += 24 * 60 * 60_000 + 1;
  expect(await seen.takeShown(key, set("a", "x"), "2")).toBeUndefined();
});

test("clients know nothing of each other", async () => {
  const seen = seenWith([set("x"), 1]);
  expect(await seen.takeBase({ ...key, client: "other" }, set("x"), set("x"), "1")).toBeUndefined();
  expect(await seen.shown(key)).toEqual(['"x"']);
});

test("what is old is forgotten, and so are sets beyond the limit", async () => {
  let now = 0;
  const seen = new SeenRecordSets(new LocalMemoryStore({ now: () => new Date(now) }, 2), { keepMs: 1000, maxViews: 2 });
  for (const name of ["a", "b", "c", "d"]) await seen.saw({ ...key, name }, set("x"), "1");
  expect(await seen.shown({ ...key, name: "d" })).toEqual(['"x"']);
  expect(await seen.shown({ ...key, name: "a" })).toEqual([]);
  await seen.saw(key, set("x"), "1");
  await seen.saw(key, set("y"), "1");
  await seen.saw(key, set("z"), "1");
  expect(await seen.shown(key)).toEqual(['"y"', '"z"']);
  now = 1001;
  expect(await seen.shown(key)).toEqual([]);
});
