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

type MaybeSet = RecordSet | undefined;

/** What a write is taken as built on. */
async function baseOf(seen: SeenRecordSets, wanted: MaybeSet, current: MaybeSet, connection: number) {
  return (await seen.base(key, { wanted, current, connection: String(connection) })).set;
}

/** The same of a write that is then done. */
async function write(seen: SeenRecordSets, wanted: MaybeSet, before: MaybeSet, after: MaybeSet, connection: number) {
  const base = await seen.base(key, { wanted, current: before, connection: String(connection) });
  await seen.wrote(key, { before, after, built: { view: base.view, wanted, connection: String(connection) } });
  return base.set;
}

const wrote = (seen: SeenRecordSets, before: MaybeSet, after: MaybeSet) => seen.wrote(key, { before, after });

test("the same connection's last answer, although another fits better", async () => {
  const seen = seenWith([set("a"), 1], [set("a", "b"), 1], [set("a"), 2]);
  await wrote(seen, undefined, set("b"));
  expect(await baseOf(seen, set("a", "c"), set("a", "b"), 1)).toEqual(set("a", "b"));
});

test("on a new connection the answer that makes the smallest change", async () => {
  const seen = seenWith([set("x"), 1], [set("x", "b"), 2]);
  expect(await write(seen, set("x", "a"), set("x", "b"), set("x", "b", "a"), 3)).toEqual(set("x"));
  expect(await baseOf(seen, set("x", "b", "c"), set("x", "b"), 4)).toEqual(set("x", "b"));
});

test("nobody writes to change nothing", async () => {
  const stands = set("x", "b");
  const seen = seenWith([set("x"), 1], [stands, 2]);
  await wrote(seen, set("x"), stands);
  expect(await baseOf(seen, set("x"), stands, 3)).toEqual(stands);
  // not even on the connection of the other answer: a client may read on one connection and write on another
  expect(await baseOf(seen, set("x"), stands, 1)).toEqual(stands);
});

test("but rather nothing than a value away that the client did not write", async () => {
  const seen = seenWith([set("x"), 1], [set("x", "b"), 2]);
  expect(await baseOf(seen, set("x"), set("x", "b"), 3)).toEqual(set("x"));
  expect(await baseOf(seen, set("x"), set("x", "b"), 2)).toEqual(set("x", "b"));
});

test("such a value goes if no other answer explains the request", async () => {
  const seen = seenWith([set("x", "b"), 1], [set("x", "b", "c"), 2]);
  expect(await baseOf(seen, set("x"), set("x", "b"), 3)).toEqual(set("x", "b"));
});

test("what another process added and read is not taken away by one that read before", async () => {
  // both are requests of one process on a connection it shares with another
  const seen = seenWith([set("x"), 1], [set("x", "b"), 1]);
  expect(await baseOf(seen, set("x", "a"), set("x", "b"), 1)).toEqual(set("x"));
});

test("what would come of it counts: a value that stands already is not added", async () => {
  const stands = set("x", "a", "b");
  // to take b away after the second answer, not to add the a that is there after the first
  const seen = seenWith([set("x"), 1], [stands, 2]);
  await wrote(seen, set("x", "a"), stands);
  expect(await baseOf(seen, set("x", "a"), stands, 3)).toEqual(stands);
});

test("what another answer shows was not made up: the request has it from there", async () => {
  // the process of the first answer died; x is gone by now, and a is to go
  const seen = seenWith([set("y"), 1], [set("y", "x", "a"), 2]);
  await wrote(seen, set("y"), set("y", "a"));
  expect(await baseOf(seen, set("y", "x"), set("y", "a"), 3)).toEqual(set("y", "x", "a"));
  expect(await baseOf(seen, set("y", "x"), set("y", "a"), 1)).toEqual(set("y", "x", "a"));
});

test("what a connection was shown without proves that it adds, unless another answer explains the request", async () => {
  const seen = seenWith([set("y", "x"), 1], [set("y"), 2]);
  expect(await baseOf(seen, set("y", "x"), set("y"), 2)).toEqual(set("y"));
  expect(await baseOf(seen, set("y", "x", "a"), set("y"), 2)).toEqual(set("y", "x"));
});

test("of answers to the same end the one most like the request is used up", async () => {
  const seen = seenWith([set("a"), 1], [set("x", "a"), 2]);
  await wrote(seen, undefined, set("a"));
  expect(await write(seen, set("x"), set("x", "a"), set("x"), 1)).toEqual(set("x", "a"));
  expect(await baseOf(seen, set("c"), set("x"), 3)).toEqual(set("a"));
});

test("an answer is used up once the write is done, not if it fails", async () => {
  const seen = seenWith([set("x"), 1]);
  expect(await baseOf(seen, set("x", "a"), set("x"), 2)).toEqual(set("x"));
  expect(await write(seen, set("x", "a"), set("x"), set("x", "a"), 2)).toEqual(set("x"));
  expect(await baseOf(seen, set("b"), set("x", "a"), 2)).toEqual(set("a"));
});

test("a connection that writes on without reading builds on what it sent", async () => {
  const seen = seenWith([set("x"), 1]);
  await write(seen, set("x", "a"), set("x", "y"), set("x", "y", "a"), 1);
  expect(await baseOf(seen, set("a"), set("x", "y", "a"), 1)).toEqual(set("x", "a"));
  expect(await baseOf(seen, set("a"), set("x", "y", "a"), 2)).toEqual(set("a"));
});

test("a client with no answer left knows what it wrote, and adds nothing that it was shown", async () => {
  const seen = seenWith([set("x", "y"), 1]);
  await write(seen, set("x", "y", "a"), set("x", "y"), set("x", "y", "a"), 2);
  // y is gone by now, and a is to go
  expect(await baseOf(seen, set("x", "y", "b"), set("x", "a"), 3)).toEqual(set("a", "x", "y"));
  expect(await baseOf(new SeenRecordSets(), set("x"), set("y"), 1)).toBeUndefined();
});

test("unless it took that away itself", async () => {
  const seen = seenWith([set("x", "y"), 1]);
  await write(seen, set("x"), set("x", "y"), set("x"), 2);
  expect(await baseOf(seen, set("x", "y"), set("x"), 3)).toEqual(set("x"));
});

test("a deletion builds on what its own connection was shown last, if anything", async () => {
  const seen = seenWith([set("a", "b"), 1], [undefined, 1], [set("x"), 2]);
  expect(await baseOf(seen, undefined, set("a", "b", "x"), 1)).toEqual(set("a", "b"));
});

test("a deletion on another connection builds on what the client wrote and stands, else on the smallest answer", async () => {
  const seen = seenWith([set("a"), 1], [set("a", "x", "y"), 2], [undefined, 3]);
  await wrote(seen, set("x"), set("x", "b"));
  expect(await baseOf(seen, undefined, set("a", "b", "x"), 4)).toEqual(set("b"));
  const gone = seenWith([set("a", "x"), 1], [set("a"), 2], [set("a", "x", "y"), 3]);
  await wrote(gone, set("x"), set("x", "b"));
  expect(await baseOf(gone, undefined, set("a", "x"), 4)).toEqual(set("a"));
});

test("a deletion on another connection spares what another process of the client wrote after it was read", async () => {
  const seen = seenWith([set("a"), 1], [set("a"), 2]);
  await wrote(seen, undefined, set("a", "b"));
  expect(await baseOf(seen, undefined, set("a", "b"), 3)).toEqual(set("a"));
});

test("a deletion is not built on an answer of which nothing stands", async () => {
  const seen = seenWith([set("gone"), 1], [set("a"), 2]);
  await wrote(seen, undefined, set("a", "b"));
  expect(await baseOf(seen, undefined, set("a", "b"), 3)).toEqual(set("a"));
  expect(await baseOf(seen, undefined, set("a", "b"), 1)).toEqual(set("a"));
});

test("a deletion by a client that neither read nor wrote builds on nothing", async () => {
  const seen = seenWith([set("x"), 1]);
  expect(await write(seen, undefined, set("x"), undefined, 2)).toEqual(set("x"));
  expect(await baseOf(seen, undefined, set("x"), 2)).toBeUndefined();
  expect(await baseOf(new SeenRecordSets(), undefined, set("x"), 1)).toBeUndefined();
});

test("what a client wrote is known for a day, what it read for a quarter of an hour", async () => {
  let now = 0;
  const seen = new SeenRecordSets(new LocalMemoryStore({ now: () => new Date(now) }));
  await seen.saw(key, set("x", "y"), "1");
  await wrote(seen, undefined, set("a"));
  now = 15 * 60_000 + 10;
  expect(await seen.shown(key)).toEqual([]);
  now += 24 * 60 * 60_000;
  expect(await baseOf(seen, undefined, set("a", "x"), 2)).toEqual(set("a"));
  now += 24 * 60 * 60_000 + 1;
  expect(await baseOf(seen, undefined, set("a", "x"), 2)).toBeUndefined();
});

test("clients know nothing of each other", async () => {
  const seen = seenWith([set("x"), 1]);
  expect(
    (await seen.base({ ...key, client: "other" }, { wanted: set("x"), current: set("x"), connection: "1" })).set,
  ).toBeUndefined();
  expect(await seen.shown(key)).toEqual(['"x"']);
});

test("beyond the limit what was used up is forgotten first", async () => {
  const seen = new SeenRecordSets(new LocalMemoryStore(), { maxViews: 2 });
  await seen.saw(key, set("x"), "1");
  await seen.saw(key, set("x", "y"), "2");
  await write(seen, set("x", "y", "a"), set("x", "y"), set("x", "y", "a"), 3);
  await seen.saw(key, set("z"), "4");
  expect(await seen.shown(key)).toEqual(['"x"', '"z"']);
});

test("what would take too much room is forgotten, but for what was read last", async () => {
  const seen = new SeenRecordSets(new LocalMemoryStore(), { maxOctets: 400 });
  const long = (letter: string) => letter.repeat(100);
  for (const letter of ["a", "b", "c"]) await seen.saw(key, set(long(letter)), letter);
  expect(await seen.shown(key)).toEqual([`"${long("c")}"`]);
  await seen.saw(key, set(long("d").repeat(9)), "d");
  expect(await seen.shown(key)).toEqual([`"${long("d").repeat(9)}"`]);
});

test("sets that would take too much room together are forgotten, those used longest ago first", async () => {
  const seen = new SeenRecordSets(new LocalMemoryStore({ now: () => new Date(0) }, 10, 1_000, 350));
  for (const name of ["a", "b", "a", "c", "d"]) await seen.saw({ ...key, name }, set("x"), "1");
  const known: string[][] = [];
  for (const name of ["a", "b", "c", "d"]) known.push(await seen.shown({ ...key, name }));
  expect(known.map((texts) => texts.length)).toEqual([0, 0, 1, 1]);
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
  now = 1010;
  expect(await seen.shown(key)).toEqual([]);
});
