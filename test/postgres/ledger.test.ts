/** The ledger in PostgreSQL: the contract of all ledgers, and what only a database can do to it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LedgerFeed } from "../../src/ledger/ledger-feed";
import { openLedger } from "../../src/ledger/open-ledger";
import { verifyLedger } from "../../src/ledger/verify-ledger";
import { describeLedger } from "../support/ledger-contract";
import { linesOf, numberedEntry } from "../support/ledger-entries";
import { PostgresServer } from "../support/postgres-server";

let server: PostgresServer;
let count = 0;
const newPlace = () => server.createDatabase(`ledger_${++count}`);

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.stop());

describeLedger(newPlace);

test("what is appended again, since its answer was lost, is there once", async () => {
  const place = await newPlace();
  const ledger = openLedger(place);
  const entries = [1, 2].map(numberedEntry);
  await ledger.append(entries);
  await ledger.append([...entries, numberedEntry(3)]);
  await ledger.close();
  expect(await verifyLedger([place])).toMatchObject({ ok: true, entries: 3 });
});

test("the same entries make the same lines as in a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ledger-"));
  const file = join(folder, "ledger.jsonl");
  const place = await newPlace();
  const clock = { now: () => new Date("2026-01-02T03:04:05Z") };
  const entries = [1, 2, 3].map(numberedEntry);
  for (const where of [file, place]) {
    const ledger = openLedger(where, { clock });
    await ledger.append(entries.slice(0, 1));
    await ledger.append(entries.slice(1));
    await ledger.close();
  }
  expect(await linesOf(place)).toEqual(readFileSync(file, "utf8").split("\n").slice(0, -1));
  rmSync(folder, { recursive: true });
});

test("rows are neither changed nor removed, and whoever takes that protection away is found", async () => {
  const place = await newPlace();
  const ledger = openLedger(place);
  await ledger.append([1, 2, 3, 4].map(numberedEntry));
  await ledger.close();
  for (const statement of ["UPDATE unexpired.ledger SET line = ''", "DELETE FROM unexpired.ledger WHERE seq = 4"]) {
    await expect(server.run(statement, place)).rejects.toThrow("neither changed nor removed");
  }
  await server.run("ALTER TABLE unexpired.ledger DISABLE TRIGGER stays_as_it_is", place);
  const copy = await server.run<{ seq: string; line: string }>("SELECT seq, line FROM unexpired.ledger", place);
  const restore = async () => {
    for (const { seq, line } of copy)
      await server.run(`UPDATE unexpired.ledger SET line = '${line.replaceAll("'", "''")}' WHERE seq = ${seq}`, place);
  };
  await server.run("UPDATE unexpired.ledger SET line = replace(line, '12 days', '99 days') WHERE seq = 2", place);
  expect(await verifyLedger([place])).toMatchObject({ ok: false, fault: { reason: "changed", line: 2 } });
  const taken: number[] = [];
  let nowMs = 0;
  const feed = new LedgerFeed(place, ({ seq }) => taken.push(seq), { clock: { now: () => new Date(nowMs) } });
  await feed.refresh();
  expect([feed.failure?.code, taken]).toEqual(["chain_broken", [1]]);
  await restore();
  expect(await verifyLedger([place])).toMatchObject({ ok: true, entries: 4 });
  nowMs += 60_000;
  await feed.refresh();
  expect([feed.failure, taken]).toEqual([undefined, [1, 2, 3, 4]]);
  await feed.close();
  await server.run("DELETE FROM unexpired.ledger WHERE seq = 4", place);
  expect(await verifyLedger([place])).toMatchObject({ ok: false, fault: { reason: "cut", seq: 4 } });
  await server.run("DELETE FROM unexpired.ledger WHERE seq = 2", place);
  expect(await verifyLedger([place])).toMatchObject({ ok: false, fault: { reason: "missing", seq: 2 } });
});

test("a server that is away for a moment is waited for; one that stays away is told, and nothing is entered twice", async () => {
  const place = await newPlace();
  const waits: number[] = [];
  const ledger = openLedger(place, {
    sleep: async (ms) => {
      waits.push(ms);
      if (waits.length === 2) await server.resume();
    },
  });
  await ledger.append([numberedEntry(1)]);
  await server.pause();
  await ledger.append([numberedEntry(2)]);
  expect(waits.length).toBeGreaterThanOrEqual(2);
  await ledger.close();
  expect(await verifyLedger([place])).toMatchObject({ ok: true, entries: 2 });
  const nowhere = openLedger(server.urlOf("no_such_database"), { sleep: () => Promise.resolve() });
  await expect(nowhere.append([numberedEntry(3)])).rejects.toMatchObject({ code: "ledger_unavailable" });
  await nowhere.close();
});
