import type { RecordSet } from "../../../src/dns/record-set";
import { foreign, type Storm, type Tool } from "./storm";

const byPlace = (left: RecordSet, right: RecordSet) => (left.name < right.name ? -1 : 1);

/** The zone as it must be: what was there, and these values. Of sets that tools made, any of their TTLs will do. */
export function sumOf(tools: readonly Tool[]): RecordSet[] {
  const sum = new Map(foreign.map((set) => [`${set.name} ${set.type}`, set]));
  for (const { place } of tools) {
    const key = `${place.name} TXT`;
    const set = sum.get(key) ?? { name: place.name, type: "TXT", ttlSeconds: 0, rdata: [] };
    sum.set(key, { ...set, rdata: [...set.rdata, `"${place.value}"`] });
  }
  return [...sum.values()].map((set) => ({ ...set, rdata: [...set.rdata].sort() })).sort(byPlace);
}

/** The zone as it is, for comparison with `sumOf`. */
export function standingIn(storm: Storm): RecordSet[] {
  const names = new Set(foreign.map(({ name }) => name));
  return storm
    .standing()
    .map((set) => (names.has(set.name) ? set : { ...set, ttlSeconds: 0 }))
    .sort(byPlace);
}

/** A tool at work: it adds its value, sees it in the zone, takes it away, sees that it is gone. */
export async function prove(storm: Storm, tool: Tool): Promise<void> {
  const { kind, place } = tool;
  await tool.add();
  if (!storm.isStanding(place)) throw new Error(`${kind} was told that ${place.value} is there, and it is not`);
  await tool.remove();
  if (storm.isStanding(place)) throw new Error(`${kind} was told that ${place.value} is gone, and it is not`);
}
