import { appendFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyChain } from "../../../../src/platform/hash-chain/verify-chain";
import { ChainFolder } from "../../../support/chain-folder";

let work: ChainFolder;

beforeEach(() => (work = new ChainFolder()));
afterEach(() => work.remove());

const verify = () => verifyChain({ files: [work.file] });

test("entries are there, once and in order, when append resolves, however they arrive", async () => {
  const chain = await work.open();
  const wanted: number[] = [];
  for (const width of [1, 3, 50])
    for (let round = 0; round < 3; round++) {
      const numbers = Array.from({ length: width }, () => wanted.push(wanted.length) - 1);
      await Promise.all(
        numbers.map((n) =>
          chain.append({ n }).then(() => {
            expect(work.numbers()).toContain(n);
            expect(chain.head().seq).toBeGreaterThan(n);
          }),
        ),
      );
    }
  await chain.close();
  expect(work.numbers()).toEqual(wanted);
  expect(await verify()).toMatchObject({ ok: true, entries: wanted.length, last: chain.head() });
  expect([work.file, work.head].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});

test("an entry is recorded as it was when it was appended; one that cannot be JSON disturbs no other", async () => {
  const chain = await work.open();
  const entry = { n: 1 };
  const done = chain.append(entry);
  entry.n = 2;
  expect(() => chain.append({ n: 1n })).toThrow(TypeError);
  await done;
  await chain.close();
  expect(work.numbers()).toEqual([1]);
  await expect(chain.append(entry)).rejects.toMatchObject({ code: "store_unwritable" });
  await chain.close();
});

test("the chain goes on over restarts, also of one that never wrote", async () => {
  for (const numbers of [[], [1, 2], [], [3]]) await work.append(...numbers);
  expect(work.numbers()).toEqual([1, 2, 3]);
  expect(await verify()).toMatchObject({ ok: true, entries: 3, torn: [] });
});

test("a file ahead of its head goes on: the crash was between the two", async () => {
  await work.append(1, 2);
  const head = readFileSync(work.head);
  await work.append(3, 4);
  writeFileSync(work.head, head);
  expect(await verify()).toMatchObject({ ok: true, entries: 4 });
  await work.append(5);
  expect(await verify()).toMatchObject({ ok: true, entries: 5 });
});

test("a line much longer than what is read at once does not hide the one before", async () => {
  const chain = await work.open();
  await chain.append({ n: 1 });
  await chain.append({ text: "x".repeat(700_000) });
  await chain.close();
  appendFileSync(work.file, '{"seq":3,' + "y".repeat(200_000));
  await work.append(3);
  expect(await verify()).toMatchObject({ ok: true, entries: 3, torn: [{ line: 3, octets: 200_010 }] });
});

test.each([
  ["half a line", (line: string) => line.slice(0, 100), true],
  ["garbage, even with a line feed", () => "\0\0\n", true],
  ["a line whose line feed is missing, which is on record", (line: string) => line, false],
])("what a crash leaves is kept: %s", async (_, cut, isTorn) => {
  await work.append(1);
  const ended = readFileSync(work.file);
  const head = readFileSync(work.head);
  await work.append(2);
  const left = cut(work.lines()[1] ?? "");
  writeFileSync(work.file, Buffer.concat([ended, Buffer.from(left)]));
  writeFileSync(work.head, head);
  const torn = isTorn ? [{ line: 2, octets: left.length }] : [];
  expect(await verify()).toMatchObject({ ok: true, entries: isTorn ? 1 : 2, torn });
  await work.append(3);
  expect(work.lines()[1]).toBe(left.trimEnd());
  expect(await verify()).toMatchObject({ ok: true, entries: isTorn ? 2 : 3, torn: isTorn ? [{ line: 2 }] : [] });
  await work.append(4);
  expect(await verify()).toMatchObject({ ok: true });
});

test("a crash at the very first line, and a second one right after it", async () => {
  await work.append();
  writeFileSync(work.file, '{"seq":1,"ti');
  await work.append();
  appendFileSync(work.file, '\n{"seq":1,"time"');
  await work.append(1);
  expect(await verify()).toMatchObject({ ok: true, entries: 1, torn: [{ line: 1, octets: 29 }] });
});

describe("does not go on where the file is not as it was left:", () => {
  const message = async () =>
    work.open().then(
      () => "opened",
      (error: Error) => error.message.replaceAll(work.folder, ""),
    );

  test.each([
    ["a line was cut off", (octets: Buffer) => octets.subarray(0, octets.lastIndexOf("\n", -2) + 1), "ends at entry 2"],
    ["the end of the last line", (octets: Buffer) => octets.subarray(0, -3), "ends at entry 2"],
    [
      "the last line was changed",
      (octets: Buffer) => Buffer.from(octets.toString().replace('"n":3', '"n":4')),
      "ends at",
    ],
  ])("%s", async (_, damage, expected) => {
    await work.append(1, 2, 3);
    writeFileSync(work.file, damage(readFileSync(work.file)));
    expect(await message()).toContain(expected);
  });

  test("the head is gone, or not what was written", async () => {
    await work.append(1);
    writeFileSync(work.head, "{}");
    expect(await message()).toBe("/chain.jsonl.head is not what was written");
    rmSync(work.head);
    expect(await message()).toContain("/chain.jsonl has no /chain.jsonl.head");
    expect(existsSync(work.head)).toBe(false);
  });

  test("lines without a chain, as earlier versions wrote them", async () => {
    writeFileSync(work.file, '{"time":"2026-01-01T00:00:00.000Z","event":"decision"}\n');
    await expect(work.open()).rejects.toMatchObject({
      code: "chain_broken",
      hint: expect.stringContaining("move") as string,
    });
    work.moveAway();
    await work.append(1);
    expect(await verify()).toMatchObject({ ok: true, from: { seq: 0 } });
  });

  test("the way out: after the file is moved away a new one goes on, and the damage stays to be seen", async () => {
    await work.append(1, 2);
    truncateSync(work.file, readFileSync(work.file).indexOf("\n") + 1);
    await expect(work.open()).rejects.toMatchObject({ code: "chain_broken" });
    work.moveAway();
    await work.append(3);
    expect(await verifyChain({ files: [work.former, work.file] })).toMatchObject({
      ok: false,
      fault: { reason: "missing", file: work.file, line: 1, seq: 2 },
    });
  });
});

test("a file in which no line is left is taken for a new one; that it goes on from another is there to be seen", async () => {
  await work.append(1, 2);
  writeFileSync(work.file, "none of it\n");
  await work.append(3);
  expect(await verify()).toMatchObject({ ok: true, entries: 1, from: { seq: 2 }, torn: [{ line: 1, octets: 11 }] });
});

test("a second one on the same file is refused, until the first lets go", async () => {
  const chain = await work.open();
  await expect(work.open()).rejects.toMatchObject({ code: "locked" });
  await chain.append({ n: 1 });
  await chain.close();
  await work.append(2);
  expect(work.numbers()).toEqual([1, 2]);
});

describe("reopen", () => {
  test("goes on in a new file after a move, loses nothing on the way, and does nothing without one", async () => {
    const chain = await work.open();
    const writes = [1, 2].map((n) => chain.append({ n }));
    await chain.reopen();
    await Promise.all(writes);
    work.moveAway();
    const late = chain.append({ n: 3 });
    const reopened = chain.reopen();
    await Promise.all([late, reopened, chain.append({ n: 4 })]);
    await chain.append({ n: 5 });
    await chain.close();
    expect([...work.numbers(work.former), ...work.numbers()]).toEqual([1, 2, 3, 4, 5]);
    expect(await verifyChain({ files: [work.former, work.file] })).toMatchObject({
      ok: true,
      entries: 5,
      from: { seq: 0 },
    });
  });

  test("takes the empty file that logrotate made, but no other", async () => {
    const chain = await work.open();
    await chain.append({ n: 1 });
    work.moveAway();
    writeFileSync(work.file, "something\n");
    await expect(chain.reopen()).rejects.toMatchObject({ code: "chain_broken" });
    await chain.append({ n: 2 });
    writeFileSync(work.file, "");
    await chain.reopen();
    await chain.append({ n: 3 });
    await chain.close();
    expect(await verifyChain({ files: [work.former, work.file] })).toMatchObject({ ok: true, entries: 3 });
  });

  test("a move while nothing ran is as good", async () => {
    await work.append(1);
    work.moveAway();
    await work.append(2);
    expect(await verifyChain({ files: [work.former, work.file] })).toMatchObject({ ok: true, entries: 2 });
  });
});

test("a folder that is not there", async () => {
  work.remove();
  await expect(work.open()).rejects.toMatchObject({ code: "store_unwritable" });
  work = new ChainFolder();
  expect(existsSync(join(work.folder, "chain.jsonl"))).toBe(false);
});
