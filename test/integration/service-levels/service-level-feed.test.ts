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
beforeEach(() => {
  place = join(folder, `ledger-${++count}.jsonl`);
  feed = new ServiceLevelFeed({ place });
});
afterEach(() => feed.close());

const renewal = (outcome: LedgerEntry["outcome"] = "done"): LedgerEntry => ({
  ...{ id: randomUUID(), event: "renewal.ended", outcome, facts: { action: "renew", issuer: "le.example" } },
  actor: { who: "alice@build-7", program: "manage-certs 0.1.0", run: "run-1" },
  subject: { names: ["app.example.gov"] },
});

const append = (...entries: readonly LedgerEntry[]) => openLedger(place).append(entries);

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

test("a database out of reach: down, and told why", async () => {
  feed = new ServiceLevelFeed({ place: "postgres://nobody@127.0.0.1:1/none" });
  expect(await isUp()).toBe("0");
  expect(feed.failure).toMatchObject({ code: "ledger_unavailable" });
});
