import type { ValueChange } from "./plan";

/** A place in a value at which something changes. */
export interface ChangedPlace {
  /** `renewal.ari`, `zones[0].name`; empty for the whole value. */
  readonly path: string;
  /** False: known after apply only. */
  readonly isKnown: boolean;
}

/**
 * The places at which a value changes, as deep as both sides have the same shape. Lists of unequal length change as a
 * whole. What is absent is null, as it is for terraform. What is known after apply only counts as a change.
 */
export function changedPlaces({ before, after, afterUnknown }: ValueChange): ChangedPlace[] {
  const places: ChangedPlace[] = [];
  collect("", before ?? null, after ?? null, afterUnknown, places);
  return places;
}

function collect(path: string, before: unknown, after: unknown, unknown: unknown, places: ChangedPlace[]): void {
  if (unknown === true) {
    places.push({ path, isKnown: false });
    return;
  }
  if (isRecord(before) && (isRecord(after) || after === null) && (isRecord(after) || isRecord(unknown))) {
    const rest = isRecord(after) ? after : {};
    const unknowns = isRecord(unknown) ? unknown : {};
    for (const name of new Set([...Object.keys(before), ...Object.keys(rest), ...Object.keys(unknowns)]))
      collect(path === "" ? name : `${path}.${name}`, before[name] ?? null, rest[name] ?? null, unknowns[name], places);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const unknowns: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
    before.forEach((each, index) =>
      collect(`${path}[${index}]`, each ?? null, (after[index] as unknown) ?? null, unknowns[index], places),
    );
    return;
  }
  if (hasUnknown(unknown)) places.push({ path, isKnown: true });
  else if (!isSame(before, after)) places.push({ path, isKnown: true });
}

/** Something below is not known: then what is known of it is no value to compare. */
function hasUnknown(unknown: unknown): boolean {
  if (unknown === true) return true;
  return typeof unknown === "object" && unknown !== null && Object.values(unknown).some(hasUnknown);
}

function isSame(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) return before.length === after.length && before.length === 0;
  if (isRecord(before) && isRecord(after)) return Object.keys(before).length + Object.keys(after).length === 0;
  return before === after;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
