/** What every ledger does, wherever it keeps its entries. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { LedgerFeed } from "../../src/ledger/ledger-feed";
import type { LedgerLine } from "../../src/ledger/ledger-line";
import { openLedger } from "../../src/ledger/open-ledger";
import { readLedger } from "../../src/ledger/read-ledger";
import { verifyLedger } from "../../src/ledger/verify-ledger";
import { linesOf, numberOf, numberedEntry } from "./ledger-entries";
import { unbuilt } from "./unbuilt";

/** `newPlace`: a place that nothing was written to. */
export function describeLedger(newPlace: () => Promise<string>): void {
  test("entries stand there in order, as they were given", async () => {
    const place = await newPlace();
    const ledger = openLedger(place);
    const entries = [1, 2, 3].map(numberedEntry);
    await ledger.append(entries.slice(0, 2));
    await ledger.append([]);
    await ledger.append(entries.slice(2));
    await ledger.close();
    const read = (await linesOf(place)).map((line) => JSON.parse(line) as object);
    expect(read).toMatchObject(entries.map((entry, index) => ({ ...entry, seq: index + 1 })));
    expect(await verifyLedger([place])).toMatchObject({ ok: true, entries: 3, from: { seq: 0 }, last: { seq: 3 } });
  });

  test("four writers at once: every entry is there once, each writer's in its order", async () => {
    const place = await newPlace();
    const writers = [0, 1, 2, 3].map((writer) => ({ writer, ledger: openLedger(place) }));
    await Promise.all(
      writers.map(async ({ writer, ledger }) => {
        for (let n = 0; n < 10; n++) await ledger.append([1, 2].map((i) => numberedEntry(writer * 1_000 + n * 2 + i)));
        await ledger.close();
      }),
    );
    const numbers = (await linesOf(place)).map(numberOf);
    expect(new Set(numbers).size).toBe(80);
    for (const { writer } of writers) {
      const own = numbers.filter((n) => Math.floor(n / 1_000) === writer);
      expect(own).toEqual(Array.from({ length: 20 }, (_, index) => writer * 1_000 + index + 1));
    }
    expect(await verifyLedger([place])).toMatchObject({ ok: true, entries: 80 });
  });

  test("two writers killed -9, again and again: what was acknowledged is there, once, and the chain goes on", async () => {
    const place = await newPlace();
    const acknowledged: number[] = [];
    for (const round of [1, 2, 3])
      acknowledged.push(...(await Promise.all([writeAndKill(place, round), writeAndKill(place, round + 10)])).flat());
    const numbers = (await linesOf(place)).map(numberOf);
    const there = new Set(numbers);
    expect(there.size).toBe(numbers.length);
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(acknowledged.filter((n) => !there.has(n))).toEqual([]);
    expect(await verifyLedger([place])).toMatchObject({ ok: true, entries: numbers.length });
  });

  test("a feed takes each entry once, over several looks, and sees that the chain holds", async () => {
    const place = await newPlace();
    const ledger = openLedger(place);
    const taken: LedgerLine[] = [];
    const feed = new LedgerFeed(place, (entry) => taken.push(entry));
    for (const numbers of [[1], [2, 3], []]) {
      await ledger.append(numbers.map(numberedEntry));
      await Promise.all([feed.refresh(), feed.refresh()]);
      expect(feed.failure).toBeUndefined();
    }
    expect(taken.map(({ seq, facts }) => [seq, facts?.n])).toEqual([1, 2, 3].map((n) => [n, n]));
    await feed.close();
    await ledger.close();
  });

  test("whoever follows hears of what is added", async () => {
    const place = await newPlace();
    const ledger = openLedger(place);
    await ledger.append([numberedEntry(1)]);
    const stop = new AbortController();
    const heard: number[] = [];
    for await (const line of readLedger(place, { follow: true, signal: stop.signal, pollMs: 10 })) {
      heard.push(numberOf(line));
      if (heard.length < 4) await ledger.append([numberedEntry(heard.length + 1)]);
      else stop.abort();
    }
    expect(heard).toEqual([1, 2, 3, 4]);
    await ledger.close();
  });
}

/** A program that appends until it is killed, or cannot. */
export const ledgerWriter = resolve(__dirname, "ledger-writer.ts");

/** Numbers acknowledged until the writer was killed. */
async function writeAndKill(place: string, round: number): Promise<number[]> {
  const args = [...unbuilt, ledgerWriter, place, String(round * 100_000)];
  const writer = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const ended = once(writer, "close");
  writer.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split("\n").length > 3 + round) writer.kill("SIGKILL");
  });
  await ended;
  return said
    .split("\n")
    .slice(0, -1)
    .flatMap((batch) => batch.split(" ").map(Number));
}
