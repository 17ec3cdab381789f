import { canonicalName, isWithinZone } from "./record-set";

/** The zone that holds a name: of all zones at or above it the longest, in canonical form; undefined if there is none. */
export function zoneForName(name: string, zones: readonly string[]): string | undefined {
  const wanted = canonicalName(name);
  return zones
    .map(canonicalName)
    .filter((zone) => isWithinZone(wanted, zone))
    .sort((left, right) => right.length - left.length)[0];
}
