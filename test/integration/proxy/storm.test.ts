/** Tools of all kinds at once in one zone: each gets what it asked for, and nobody else loses anything. */
import type { RecordSet } from "../../../src/dns/record-set";
import { common, foreign, Storm, zone, type Tool } from "../../support/storm/storm";

let storm: Storm;

beforeEach(async () => {
  storm = await Storm.start(50);
});

afterEach(() => storm.stop());

const own = (index: number) => `_acme-challenge.h${index}.${zone}`;
const byPlace = (left: RecordSet, right: RecordSet) => (left.name < right.name ? -1 : 1);

/** The zone as it must be: what was there, and these values. */
function sumOf(tools: readonly Tool[]): RecordSet[] {
  const sum = new Map(foreign.map((set) => [`${set.name} ${set.type}`, set]));
  for (const { place } of tools) {
    const key = `${place.name} TXT`;
    const set = sum.get(key) ?? { name: place.name, type: "TXT", ttlSeconds: 0, rdata: [] };
    sum.set(key, { ...set, rdata: [...set.rdata, `"${place.value}"`] });
  }
  return [...sum.values()].map((set) => ({ ...set, rdata: [...set.rdata].sort() })).sort(byPlace);
}

/** Of sets that tools made, any of their TTLs will do. */
function standing(): RecordSet[] {
  const isForeign = new Set(foreign.map(({ name }) => name));
  const sets = storm.standing().map((set) => (isForeign.has(set.name) ? set : { ...set, ttlSeconds: 0 }));
  return sets.sort(byPlace);
}

/** Adds, sees its value in the zone, takes it away, sees that it is gone. */
async function prove(tool: Tool): Promise<void> {
  await tool.add();
  expect([tool.kind, tool.place.value, storm.isStanding(tool.place)]).toEqual([tool.kind, tool.place.value, true]);
  await tool.remove();
  expect([tool.kind, tool.place.value, storm.isStanding(tool.place)]).toEqual([tool.kind, tool.place.value, false]);
}

test.each([12, 50])(
  "%i tools at one name add and clean up at once, beside values of others",
  async (count) => {
    await Promise.all(storm.tools(count, () => common).map(prove));
    expect(standing()).toEqual(sumOf([]));
  },
  300_000,
);

test("12 tools at a name that nobody had", async () => {
  await Promise.all(storm.tools(12, () => own(0)).map(prove));
  expect(standing()).toEqual(sumOf([]));
}, 120_000);

test("50 tools at names of their own, at one in common, and some that leave their values: the zone is the sum", async () => {
  const leaving = storm.tools(10, (index) => (index % 2 === 0 ? common : own(index)), 100);
  const passing = storm.tools(40, (index) => (index % 3 === 0 ? own(index) : common), 200);
  await Promise.all([...leaving.map((tool) => tool.add()), ...passing.map(prove)]);
  expect(standing()).toEqual(sumOf(leaving));
  expect(storm.proxy.audit().filter(({ event, outcome }) => event === "write" && outcome !== "done")).toEqual([]);
  await Promise.all(leaving.map((tool) => tool.remove()));
  expect(standing()).toEqual(sumOf([]));
}, 300_000);
