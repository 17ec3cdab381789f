/** Faults of the disk, put between the chain and its open file. */
import { open } from "node:fs/promises";
import { verifyChain } from "../../../../src/platform/hash-chain/verify-chain";
import { ChainFolder } from "../../../support/chain-folder";
import { Disk } from "../../../support/disk";

let work: ChainFolder;

beforeEach(() => (work = new ChainFolder()));
afterEach(() => work.remove());

const full = { code: "store_unwritable", message: expect.stringContaining("no space left") as string };
const verify = () => verifyChain({ files: [work.file] });

test("a disk that fills up in the middle of a write: those entries are refused, later ones follow those before", async () => {
  const disk = new Disk();
  const chain = await work.open(disk);
  await chain.append({ n: 1 });
  for (const room of [0, 1, 200, 500]) {
    disk.room = room;
    const results = await Promise.allSettled([2, 3, 4].map((n) => chain.append({ n })));
    for (const result of results) expect(result).toMatchObject({ status: "rejected", reason: full });
    expect(chain.head().seq).toBe(1);
    expect(work.numbers()).toEqual([1]);
  }
  disk.room = Infinity;
  await chain.append({ n: 5 });
  await chain.close();
  expect(work.numbers()).toEqual([1, 5]);
  expect(await verify()).toMatchObject({ ok: true, entries: 2, torn: [] });
});

test("writes that take a few octets at a time", async () => {
  const disk = new Disk();
  disk.step = 7;
  const chain = await work.open(disk);
  await Promise.all([1, 2, 3].map((n) => chain.append({ n })));
  await chain.close();
  expect(await verify()).toMatchObject({ ok: true, entries: 3 });
});

test("as long as what was half-written cannot be removed nothing is written behind it", async () => {
  const disk = new Disk();
  const chain = await work.open(disk);
  await chain.append({ n: 1 });
  Object.assign(disk, { room: 50, canTruncate: false });
  await expect(chain.append({ n: 2 })).rejects.toMatchObject(full);
  disk.room = Infinity;
  await expect(chain.append({ n: 3 })).rejects.toMatchObject({
    message: expect.stringContaining("ftruncate") as string,
  });
  await expect(chain.reopen()).rejects.toMatchObject({ code: "store_unwritable" });
  disk.canTruncate = true;
  await chain.append({ n: 4 });
  await chain.close();
  expect(work.numbers()).toEqual([1, 4]);
  expect(await verify()).toMatchObject({ ok: true, entries: 2, torn: [] });
});

test("if it ends like that, the next start keeps what is there and goes on", async () => {
  const disk = new Disk();
  const chain = await work.open(disk);
  await chain.append({ n: 1 });
  Object.assign(disk, { room: 50, canTruncate: false });
  await expect(chain.append({ n: 2 })).rejects.toMatchObject(full);
  await expect(chain.close()).rejects.toMatchObject({ code: "store_unwritable" });
  await work.append(3);
  expect(await verify()).toMatchObject({ ok: true, entries: 2, torn: [{ line: 2, octets: 51 }] });
});

test("the note on a torn line is not lost with the write that was to carry it", async () => {
  await work.append(1);
  const half = await open(work.file, "a");
  await half.write('{"seq":2');
  await half.close();
  const disk = new Disk();
  disk.room = 20;
  const chain = await work.open(disk);
  await expect(chain.append({ n: 2 })).rejects.toMatchObject(full);
  disk.room = Infinity;
  await chain.append({ n: 3 });
  await chain.close();
  expect(await verify()).toMatchObject({ ok: true, entries: 2, torn: [{ line: 2, octets: 9 }] });
});

test("a head that cannot be written refuses the next entry, not the one that is on record", async () => {
  const disk = new Disk();
  const chain = await work.open(disk);
  disk.canWriteHead = false;
  await chain.append({ n: 1 });
  await expect(chain.append({ n: 2 })).rejects.toMatchObject({ code: "store_unwritable" });
  disk.canWriteHead = true;
  await chain.append({ n: 3 });
  await chain.close();
  expect(work.numbers()).toEqual([1, 3]);
  expect(await verify()).toMatchObject({ ok: true, entries: 2 });
});
