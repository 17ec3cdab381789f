import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { IssuanceJournal, type JournalFacts } from "../../../src/issuance/journal";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "journal-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const now = new Date("2026-01-02T03:04:05Z");
const processStart = new Date(now.getTime() - 30 * 60_000);
const facts: JournalFacts = {
  directoryUrl: "https://ca.test/directory",
  names: ["app.example.gov"],
  orderUrl: "https://ca.test/order/1",
  records: [
    { zone: { type: "edge_dns", name: "example.gov" }, name: "_acme-challenge.app.example.gov", values: ["v1"] },
  ],
};

const journal = (alive: (pid: number) => boolean = () => false) =>
  new IssuanceJournal(folder, { clock: { now: () => now }, isAlive: alive, processStart });

function entryOf(pid: number, host = hostname(), startedAt = now) {
  writeFileSync(join(folder, `${pid}.json`), JSON.stringify({ version: 1, pid, host, startedAt, ...facts }));
}

test("an entry is on disk before begin returns, and gone when it is closed", async () => {
  const entry = await journal().begin(facts);
  const [file = ""] = readdirSync(folder);
  expect(JSON.parse(readFileSync(join(folder, file), "utf8"))).toMatchObject({
    version: 1,
    pid: process.pid,
    ...facts,
  });
  await entry.letGoOfOrder();
  await entry.change((left) => ({ ...left, records: [] }));
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["a process that is gone", 4711, hostname(), 0, false, 1],
  ["a process that still runs", 4711, hostname(), 0, true, 0],
  ["this very process", process.pid, hostname(), 0, false, 0],
  ["an earlier process with this one's number, as in a container", process.pid, hostname(), 1, true, 1],
  ["another machine, an hour ago", 4711, "elsewhere", 1, false, 0],
  ["another machine, two days ago", 4711, "elsewhere", 48, false, 1],
])("an entry of %s", async (_, pid, host, hoursAgo, alive, taken) => {
  entryOf(pid, host, new Date(now.getTime() - hoursAgo * 3600_000));
  const entries = await journal(() => alive).takeOver();
  expect(entries.map((entry) => entry.facts)).toEqual(Array.from({ length: taken }, () => facts));
});

test("a zone in Route 53 is named with its ID; an entry from before there was one is of Edge DNS", async () => {
  const zone = { type: "route53" as const, name: "example.org", id: "Z0123456789" };
  const records = [{ zone, name: "_acme-challenge.example.org", values: ["v2"] }];
  const startedAt = now;
  const old = { zone: "example.gov", name: "_acme-challenge.app.example.gov", values: ["v1"] };
  for (const [pid, written] of [records, [old]].entries()) {
    const entry = { version: 1, pid, host: hostname(), startedAt, ...facts, records: written };
    writeFileSync(join(folder, `${pid}.json`), JSON.stringify(entry));
  }
  const taken = await journal().takeOver();
  expect(taken.flatMap((entry) => entry.facts.records)).toEqual(
    expect.arrayContaining([...records, ...facts.records]) as unknown,
  );
});

test("each entry goes to one of many that look at once", async () => {
  for (const pid of [11, 12, 13]) entryOf(pid);
  const taken = await Promise.all(Array.from({ length: 8 }, () => journal().takeOver()));
  expect(taken.flat()).toHaveLength(3);
  expect(readdirSync(folder)).toHaveLength(3);
});

test("what is not an entry stays untouched; no folder is no entry", async () => {
  writeFileSync(join(folder, "broken.json"), "{");
  writeFileSync(join(folder, "future.json"), JSON.stringify({ version: 2 }));
  await expect(journal().takeOver()).resolves.toEqual([]);
  expect(readdirSync(folder)).toHaveLength(2);
  await expect(new IssuanceJournal(join(folder, "none")).takeOver()).resolves.toEqual([]);
});

test("an entry can be rewritten to what is left, one change after the other", async () => {
  const entry = await journal().begin(facts);
  const records = [...facts.records, ...facts.records];
  await Promise.all([entry.change((left) => ({ ...left, records })), entry.letGoOfOrder()]);
  expect(entry.facts.records).toEqual(records);
  await entry.change((left) => ({ ...left, records: facts.records }));
  const [file = ""] = readdirSync(folder);
  const written = JSON.parse(readFileSync(join(folder, file), "utf8")) as object;
  expect(written).toMatchObject({ version: 1, records: facts.records });
  expect(written).not.toHaveProperty("orderUrl");
});

test("orders wait for whoever wants the same certificate, each is given once, and not beyond its end", async () => {
  const orderExpires = new Date(now.getTime() + 60_000).toISOString();
  const startedAt = now;
  const write = (pid: number, changes: Partial<JournalFacts>) => {
    const entry = { version: 1, pid, host: hostname(), startedAt, ...facts, records: [], ...changes };
    writeFileSync(join(folder, `${pid}.json`), JSON.stringify(entry));
  };
  write(1, { orderExpires });
  write(2, { orderExpires: now.toISOString() });
  write(3, { orderExpires, names: ["other.example.gov"] });
  const taking = journal();
  await taking.takeOver();
  expect(readdirSync(folder)).toHaveLength(2);
  const given = taking.takeOrders(facts);
  expect(given.map((entry) => entry.facts.orderUrl)).toEqual([facts.orderUrl]);
  expect(taking.takeOrders(facts)).toEqual([]);
  given.forEach((entry) => taking.keepOrder(entry));
  expect(taking.takeOrders(facts)).toEqual(given);
});
