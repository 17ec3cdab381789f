import { findEntries, type EntryFilter } from "../../../src/ledger/find-entries";

const entry = (seq: number, members: object) =>
  JSON.stringify({
    seq,
    time: `2026-01-0${seq}T00:00:00.000Z`,
    event: "certificate.imported",
    outcome: "done",
    actor: { who: "alice", program: "p", run: "run-1" },
    subject: { names: ["app.example.gov"] },
    ...members,
  });
const lines = [
  entry(1, {}),
  entry(2, { subject: { names: ["www.example.gov"], stack: "web" }, why: "not app.example.gov" }),
  '{"seq":3, cut off',
  JSON.stringify({ seq: 3, time: "2026-01-03T00:00:00.000Z", event: "decision" }),
  entry(4, { event: "certificate.revoked" }),
  entry(5, {}),
];

async function* source() {
  for (const line of lines) yield await Promise.resolve(line);
}
const find = async (filter: Partial<EntryFilter>) =>
  (await findEntries(source(), { about: [], last: 50, ...filter })).map(({ seq }) => seq);

test("all entries, but nothing that is none", async () => {
  expect(await find({})).toEqual([1, 2, 4, 5]);
});

test("about a subject or a run, not about a text elsewhere", async () => {
  expect(await find({ about: ["app.example.gov"] })).toEqual([1, 4, 5]);
  expect(await find({ about: ["www.example.gov", "web"] })).toEqual([2]);
  expect(await find({ about: ["run-1"] })).toEqual([1, 2, 4, 5]);
});

test("by event, by time, the latest few", async () => {
  expect(await find({ events: ["certificate.revoked"] })).toEqual([4]);
  expect(await find({ since: "2026-01-04T00:00:00.000Z" })).toEqual([4, 5]);
  expect(await find({ last: 2 })).toEqual([4, 5]);
});
