import fc from "fast-check";
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { verifyChain, type VerifyChainOptions } from "../../../../src/platform/hash-chain/verify-chain";
import { ChainFolder } from "../../../support/chain-folder";

let work: ChainFolder;

beforeEach(() => (work = new ChainFolder()));
afterEach(() => work.remove());

const faultOf = async (options: Partial<VerifyChainOptions> = {}) =>
  (await verifyChain({ files: [work.file], ...options })).fault;
const rewrite = (lines: readonly string[], file = work.file) =>
  writeFileSync(file, lines.map((line) => line + "\n").join(""));

/** A line as somebody would make it who knows the format: with the right hash of its own. */
async function forge(entry: object, before: readonly number[]): Promise<string> {
  const other = new ChainFolder();
  const chain = await other.open();
  for (const n of before) await chain.append({ n });
  await chain.append(entry);
  await chain.close();
  const line = other.lines().at(-1) ?? "";
  other.remove();
  return line;
}

describe("says which line:", () => {
  beforeEach(() => work.append(1, 2, 3, 4));

  test.each<[string, (lines: string[]) => (string | undefined)[], object]>([
    ["changed", ([a, b, c, d]) => [a, b?.replace('"n":2', '"n":7'), c, d], { reason: "changed", line: 2, seq: 2 }],
    ["changed, the first", ([a, b, c, d]) => [a?.replace("2026", "2025"), b, c, d], { reason: "changed", line: 1 }],
    [
      "changed, the last",
      ([a, b, c, d]) => [a, b, c, d?.replace('"n":4', '"n":7')],
      { reason: "changed", line: 4, seq: 4 },
    ],
    ["removed", ([a, , c, d]) => [a, c, d], { reason: "missing", line: 2, seq: 2 }],
    ["removed, the first", ([, b, c, d]) => [b, c, d], { reason: "missing", line: 1, seq: 1 }],
    ["removed, the last two", ([a, b]) => [a, b], { reason: "cut", seq: 3 }],
    ["all removed", () => [], { reason: "cut", seq: 1 }],
    ["swapped", ([a, b, c, d]) => [a, c, b, d], { reason: "missing", line: 2, seq: 2 }],
    ["repeated", ([a, b, c, d]) => [a, b, b, c, d], { reason: "moved", line: 3, seq: 2 }],
    ["put in", ([a, b, c, d]) => [a, "{}", b, c, d], { reason: "changed", line: 2 }],
  ])("%s", async (_, tamper, fault) => {
    rewrite(tamper(work.lines()).filter((line) => line !== undefined));
    expect(await faultOf()).toMatchObject(fault);
  });

  test("cut off within a line that was on record: that is no write that a crash cut off", async () => {
    truncateSync(work.file, readFileSync(work.file).length - 20);
    const { fault, torn } = await verifyChain({ files: [work.file] });
    expect([fault?.reason, fault?.line, torn]).toEqual(["changed", 4, []]);
  });

  test("replaced by one with a good hash of its own", async () => {
    const [a = "", , c = "", d = ""] = work.lines();
    rewrite([a, await forge({ n: 7 }, [1]), c, d]);
    expect(await faultOf()).toMatchObject({ reason: "replaced", line: 3, seq: 2 });
  });

  test("everything replaced from some line on: the head tells, and an anchor does if the head is replaced, too", async () => {
    const anchor = { seq: 3, hash: /"hash":"(\w+)"}$/.exec(work.lines()[2] ?? "")?.[1] ?? "" };
    const other = new ChainFolder();
    await other.append(1, 2, 7, 4);
    copyFileSync(other.file, work.file);
    expect(await faultOf()).toMatchObject({ reason: "anchor", line: 4, seq: 4 });
    copyFileSync(other.head, work.head);
    other.remove();
    expect(await faultOf()).toBeUndefined();
    expect(await faultOf({ expected: [anchor] })).toMatchObject({ reason: "anchor", line: 3, seq: 3 });
  });
});

test("an anchor beyond the end, and one before the beginning", async () => {
  await work.append(1, 2);
  const [first, second] = [1, 2].map((seq) => ({
    seq,
    hash: /"hash":"(\w+)"}$/.exec(work.lines()[seq - 1] ?? "")?.[1] ?? "",
  }));
  if (first === undefined || second === undefined) throw new Error("two lines were written");
  expect(await faultOf({ expected: [{ seq: 3, hash: second.hash }] })).toMatchObject({ reason: "cut", seq: 3 });
  work.moveAway();
  await work.append(3);
  expect(await faultOf({ expected: [first] })).toMatchObject({ reason: "anchor", seq: 1 });
  expect(await faultOf({ expected: [second] })).toBeUndefined();
  expect(await faultOf({ expected: [{ seq: 2, hash: first.hash }] })).toMatchObject({ reason: "anchor", seq: 2 });
});

test("the end of a file without head is open, unless a later file or an anchor tells", async () => {
  await work.append(1, 2);
  work.moveAway();
  await work.append(3);
  const files = [work.former];
  expect(await faultOf({ files })).toMatchObject({ reason: "open_end" });
  const { from } = await verifyChain({ files: [work.file] });
  expect(await faultOf({ files, expected: from === undefined ? [] : [from] })).toBeUndefined();
  expect(await faultOf({ files: [work.former, work.file] })).toBeUndefined();
  expect(await faultOf({ files: [work.file, work.former] })).toBeDefined();
});

test("the end of a former file: cut off, changed, torn", async () => {
  await work.append(1, 2);
  work.moveAway();
  await work.append(3);
  const files = [work.former, work.file];
  const [first = "", second = ""] = work.lines(work.former);
  rewrite([first], work.former);
  expect(await faultOf({ files })).toMatchObject({ reason: "missing", file: work.file, line: 1, seq: 2 });
  rewrite([first, second.replace('"n":2', '"n":7')], work.former);
  expect(await faultOf({ files })).toMatchObject({ reason: "changed", file: work.former, line: 2, seq: 2 });
  rewrite([first, second, '{"seq":3'], work.former);
  expect(await verifyChain({ files })).toMatchObject({ ok: true, torn: [{ file: work.former, line: 3 }] });
});

test("what a crash left may not be changed or removed either, once a line follows", async () => {
  await work.append(1);
  writeFileSync(work.file, '{"seq":2,"time', { flag: "a" });
  await work.append(2);
  const [first = "", torn = "", second = ""] = work.lines();
  rewrite([first, torn.replace("time", "tima"), second]);
  expect(await faultOf()).toMatchObject({ reason: "changed", line: 2 });
  rewrite([first, second]);
  expect(await faultOf()).toMatchObject({ reason: "missing", line: 2 });
});

test("any single change of any chain is found", async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("entries"), count: fc.integer({ min: 1, max: 4 }), text: fc.string() }),
    fc.record({ kind: fc.constant("crash"), count: fc.integer({ min: 1, max: 90 }), text: fc.string() }),
    fc.record({ kind: fc.constant("move"), count: fc.constant(0), text: fc.constant("") }),
  );
  const change = fc.record({
    kind: fc.constantFrom("edit", "remove", "insert", "swap", "cut"),
    at: fc.nat(),
    to: fc.nat(),
    octet: fc.integer({ min: 1, max: 255 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 4 }), change, async (steps, { kind, at, to, octet }) => {
      const chain = new ChainFolder();
      try {
        const files = await build(chain, steps);
        expect((await verifyChain({ files })).fault).toBeUndefined();
        const file = files[at % files.length] ?? chain.file;
        const octets = readFileSync(file);
        const place = at % octets.length;
        const lines = octets.toString("latin1").split(/(?<=\n)/);
        const [i, j] = [at % lines.length, to % lines.length];
        const without = (from: number, end: number) => Buffer.concat([octets.subarray(0, from), octets.subarray(end)]);
        const changed = {
          edit: () => Buffer.from(octets.map((each, index) => (index === place ? each ^ octet : each))),
          remove: () => Buffer.from(lines.filter((_, index) => index !== i).join(""), "latin1"),
          insert: () => Buffer.concat([octets.subarray(0, place), Buffer.from([octet]), octets.subarray(place)]),
          swap: () =>
            Buffer.from(lines.map((line, k) => lines[k === i ? j : k === j ? i : k] ?? line).join(""), "latin1"),
          cut: () => without(place, octets.length),
        }[kind]();
        writeFileSync(file, changed);
        // the line feed that ends a file says nothing: the writer adds it if a crash left it out
        if (withoutEnd(changed).equals(withoutEnd(octets))) return;
        const { ok, from } = await verifyChain({ files });
        // a first file that was emptied is like one that was not given: the report says what it begins after
        expect(ok && from?.seq === 0).toBe(false);
      } finally {
        chain.remove();
      }
    }),
    { numRuns: 250 },
  );
});

function withoutEnd(octets: Buffer): Buffer {
  return octets.at(-1) === 0x0a ? octets.subarray(0, -1) : octets;
}

/** Plays the steps, closing with an entry, and gives the files in order. */
async function build(
  chain: ChainFolder,
  steps: readonly { readonly kind: string; readonly count: number; readonly text: string }[],
): Promise<string[]> {
  const former: string[] = [];
  for (const { kind, count, text } of [...steps, { kind: "entries", count: 1, text: "last" }]) {
    const writer = await chain.open();
    // a torn line at the end of a file has no line behind it that could vouch for it, so the move comes after one
    if (kind === "move") await writer.append({ text: "moved" });
    if (kind === "entries") await Promise.all(Array.from({ length: count }, () => writer.append({ text })));
    await writer.close();
    if (kind === "crash") writeFileSync(chain.file, `{"seq":${text}`.slice(0, count), { flag: "a" });
    if (kind !== "move") continue;
    const name = `${chain.file}.${former.length + 1}`;
    chain.moveAway(name);
    former.push(name);
  }
  return [...former, chain.file];
}
