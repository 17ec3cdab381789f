import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LedgerFeed } from "../../../src/ledger/ledger-feed";
import { openLedger } from "../../../src/ledger/open-ledger";
import { readLedger } from "../../../src/ledger/read-ledger";
import { verifyLedger } from "../../../src/ledger/verify-ledger";
import { describeLedger, ledgerWriter } from "../../support/ledger-contract";
import { linesOf, numberedEntry, numberOf } from "../../support/ledger-entries";
import { unbuilt } from "../../support/unbuilt";

const folder = mkdtempSync(join(tmpdir(), "ledger-"));
let count = 0;
const newPlace = () => Promise.resolve(join(folder, `state-${++count}`, "ledger.jsonl"));

afterAll(() => rmSync(folder, { recursive: true }));

describeLedger(newPlace);

async function ledgerOfFour(): Promise<{ readonly place: string; readonly lines: string[] }> {
  const place = await newPlace();
  await openLedger(place).append([1, 2, 3, 4].map(numberedEntry));
  return { place, lines: readFileSync(place, "utf8").split("\n").slice(0, -1) };
}

test("nobody else may read it", async () => {
  const { place } = await ledgerOfFour();
  expect(statSync(place).mode & 0o777).toBe(0o600);
});

test("a feed fails while a folder stands where the file was, and goes on when the file is back", async () => {
  const { place } = await ledgerOfFour();
  const taken: number[] = [];
  const feed = new LedgerFeed(place, (entry) => taken.push(entry.seq));
  await feed.refresh();
  renameSync(place, `${place}.away`);
  mkdirSync(place);
  await feed.refresh();
  expect(feed.failure).toMatchObject({ code: "missing_file", message: `cannot read ${place}: it is a folder` });
  rmdirSync(place);
  renameSync(`${place}.away`, place);
  await openLedger(place).append([numberedEntry(5)]);
  await feed.refresh();
  expect(feed.failure).toBeUndefined();
  expect(taken).toEqual([1, 2, 3, 4, 5]);
  await feed.close();
});

test("a line without an end is told, and not kept in memory", async () => {
  const { place } = await ledgerOfFour();
  truncateSync(place, 200_000_000);
  const feed = new LedgerFeed(place, () => undefined);
  await feed.refresh();
  expect(feed.failure).toMatchObject({ code: "chain_broken", message: `${place} has a line of more than 64 MiB` });
  await feed.close();
});

test.each([
  ["an edit", ([a = "", b = "", c = "", d = ""]: string[]) => [a, b.replace("12 days", "99 days"), c, d], "changed", 2],
  ["a removal", ([a = "", , c = "", d = ""]: string[]) => [a, c, d], "missing", 2],
  ["another order", ([a = "", b = "", c = "", d = ""]: string[]) => [a, c, b, d], "missing", 2],
  ["a cut end", ([a = "", b = ""]: string[]) => [a, b], "cut", undefined],
])("%s is found", async (_, tamper, reason, line) => {
  const { place, lines } = await ledgerOfFour();
  writeFileSync(place, tamper(lines).join("\n") + "\n");
  const report = await verifyLedger([place]);
  expect(report).toMatchObject({ ok: false, fault: { reason } });
  expect(report.fault?.line).toBe(line);
});

test("a file that was moved away: the next entry begins a new one, and both verify as one; whoever follows reads both", async () => {
  const { place } = await ledgerOfFour();
  const stop = new AbortController();
  const heard: number[] = [];
  for await (const line of readLedger(place, { follow: true, signal: stop.signal, pollMs: 10 })) {
    heard.push(numberOf(line));
    if (heard.length === 4) {
      renameSync(place, `${place}.1`);
      await openLedger(place).append([numberedEntry(5)]);
    }
    if (heard.length === 5) stop.abort();
  }
  expect(heard).toEqual([1, 2, 3, 4, 5]);
  expect(await verifyLedger([`${place}.1`, place])).toMatchObject({ ok: true, entries: 5 });
  expect(await linesOf(place)).toHaveLength(1);
});

test("a disk that is full: what was acknowledged is there, nothing is half there, and a later append goes on", async () => {
  const place = await newPlace();
  // the kernel refuses what is beyond 20 blocks of 512 octets, in the middle of a line
  const limited = 'trap "" XFSZ; ulimit -f 20; exec "$@"';
  const args = ["-c", limited, "sh", process.execPath, ...unbuilt, ledgerWriter, place, "0"];
  const { stdout, stderr, status } = spawnSync("/bin/sh", args, { encoding: "utf8", env: { PATH: process.env.PATH } });
  expect({ stderr, status }).toMatchObject({
    stderr: expect.stringContaining("store_unwritable") as string,
    status: 1,
  });
  const acknowledged = stdout.split(/\s/).filter(Boolean).map(Number);
  expect(acknowledged.length).toBeGreaterThan(4);
  expect((await linesOf(place)).map(numberOf)).toEqual(acknowledged);
  await openLedger(place).append([numberedEntry(99)]);
  expect((await linesOf(place)).map(numberOf)).toEqual([...acknowledged, 99]);
  expect(await verifyLedger([place])).toMatchObject({ ok: true, entries: acknowledged.length + 1, torn: [] });
});

test("a folder that cannot be made is told, and nothing hangs", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const ledger = openLedger(join(file, "ledger.jsonl"));
  await expect(ledger.append([numberedEntry(1)])).rejects.toMatchObject({ code: "store_unwritable" });
  await ledger.close();
});
