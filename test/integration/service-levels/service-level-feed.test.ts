import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { openLedger } from "../../../src/ledger/open-ledger";
import type { LedgerEntry } from "../../../src/ledger/ledger-entry";
import { ServiceLevelFeed } from "../../../src/service-levels/service-level-feed";

const folder = mkdtempSync(join(tmpdir(), "feed-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
let place: string;
let feed: ServiceLevelFeed;
let nowMs = Date.parse("2026-06-01T00:00:00Z");
beforeEach(() => {
  place = join(folder, `ledger-${++count}.jsonl`);
  feed = new ServiceLevelFeed({ place, clock: { now: () => new Date(nowMs) } });
});
afterEach(() => feed.close());

const renewal = (outcome: LedgerEntry["outcome"] = "done"): LedgerEntry => ({
  ...{ id: randomUUID(), event: "renewal.ended", outcome, facts: { action: "renew", issuer: "le.example" } },
  actor: { who: "alice@build-7", program: "manage-certs 0.1.0", run: "run-1" },
  subject: { names: ["app.example.gov"] },
});

const append = (...entries: readonly LedgerEntry[]) => openLedger(place).append(entries);
const appendLongAgo = (...entries: readonly LedgerEntry[]) =>
  openLedger(place, { clock: { now: () => new Date(0) } }).append(entries);

async function sample(name: string): Promise<string | undefined> {
  await feed.refresh();
  const lines = feed.metrics({ probes: [], now: new Date() }).split("\n");
  return lines.find((line) => line.startsWith(name))?.split(" ")[1];
}
const renewals = () => sample("unexpired_renewals_total");
const isUp = () => sample("unexpired_ledger_up");

test("a certificate that came and went between two scrapes is counted, each entry once", async () => {
  await append(renewal());
  expect(await renewals()).toBe("1");
  await append(renewal(), renewal(), renewal());
  expect(await renewals()).toBe("4");
  expect(await renewals()).toBe("4");
  expect(await sample("unexpired_ledger_head_sequence")).toBe("4");
});

test("two scrapes at once read it once", async () => {
  await append(renewal());
  expect(await Promise.all([renewals(), renewals()])).toEqual(["1", "1"]);
});

test("before the first entry there is no file, and nothing is wrong", async () => {
  expect(await isUp()).toBe("1");
  await append(renewal());
  expect(await renewals()).toBe("1");
});

test("over a move of the file it goes on counting", async () => {
  await append(renewal());
  expect(await renewals()).toBe("1");
  await append(renewal());
  renameSync(place, `${place}.1`);
  await append(renewal());
  expect(await renewals()).toBe("3");
  expect(await isUp()).toBe("1");
});

test("a line that is still being written is read when it is whole, as it is then", async () => {
  await append(renewal(), renewal());
  const lines = readFileSync(place, "utf8");
  const half = lines.length - 40;
  writeFileSync(place, lines.slice(0, half) + "taken back");
  expect(await renewals()).toBe("1");
  truncateSync(place, half);
  appendFileSync(place, lines.slice(half));
  expect(await renewals()).toBe("2");
  expect(await isUp()).toBe("1");
});

test.each([
  ["an entry that was changed", (text: string) => text.replaceAll('"outcome":"failed"', '"outcome":"done"')],
  ["an entry that was removed", (text: string) => text.split("\n").toSpliced(1, 1).join("\n")],
])("%s: the ledger is down, and what was read stays", async (_, tamper) => {
  await append(renewal(), renewal("failed"), renewal());
  writeFileSync(place, tamper(readFileSync(place, "utf8")));
  expect(await renewals()).toBe("1");
  expect(await isUp()).toBe("0");
  expect(feed.failure).toMatchObject({ code: "chain_broken" });
});

test("entries that were read and are gone", async () => {
  await append(renewal(), renewal());
  expect(await renewals()).toBe("2");
  truncateSync(place, readFileSync(place, "utf8").indexOf("\n") + 1);
  expect(await isUp()).toBe("0");
});

const minuteMs = 60_000;
const broken = (text: string) => text.replace('"outcome":"failed"', '"outcome":"done"');

test("a ledger that is put right is read on, each entry once, without a restart", async () => {
  await append(renewal(), renewal("failed"), renewal("unknown"));
  const written = readFileSync(place, "utf8");
  writeFileSync(place, broken(written));
  expect([await isUp(), await renewals()]).toEqual(["0", "1"]);
  nowMs += 61 * minuteMs;
  expect(await isUp()).toBe("0");
  writeFileSync(place, written);
  expect(await isUp()).toBe("0");
  nowMs += minuteMs;
  expect([await isUp(), await sample("unexpired_ledger_head_sequence")]).toEqual(["1", "3"]);
  expect(await renewals()).toBe("1");
  await append(renewal());
  expect(await renewals()).toBe("2");
});

test.each([
  ["is moved away, and goes on in a new file", [""]],
  ["is taken away with its head, so that another one begins", ["", ".head"]],
])("one that %s is told for an hour", async (_, taken) => {
  await appendLongAgo(renewal(), renewal("failed"), renewal("unknown"));
  writeFileSync(place, broken(readFileSync(place, "utf8")));
  expect(await isUp()).toBe("0");
  for (const end of taken) renameSync(`${place}${end}`, `${place}.as-found${end}`);
  nowMs += 58 * minuteMs;
  expect(await isUp()).toBe("0");
  await append(renewal(), renewal());
  nowMs += minuteMs;
  expect(await isUp()).toBe("0");
  nowMs += minuteMs;
  expect([await isUp(), await renewals()]).toEqual(["1", "3"]);
  await append(renewal());
  expect(await renewals()).toBe("4");
});

test("a chain that was made anew over what was read is told for an hour, and counts nothing twice", async () => {
  await append(renewal(), renewal());
  expect(await renewals()).toBe("2");
  [place, `${place}.head`].forEach((file) => rmSync(file));
  await appendLongAgo(renewal(), renewal(), renewal());
  expect(await isUp()).toBe("0");
  nowMs += 59 * minuteMs;
  expect(await isUp()).toBe("0");
  nowMs += minuteMs;
  expect([await isUp(), await renewals()]).toEqual(["1", "2"]);
});

test("a database out of reach: down, and told why", async () => {
  feed = new ServiceLevelFeed({ place: "postgres://nobody@127.0.0.1:1/none" });
  expect(await isUp()).toBe("0");
  expect(feed.failure).toMatchObject({ code: "ledger_unavailable" });
});
