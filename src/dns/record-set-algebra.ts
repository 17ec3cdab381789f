/**
 * Adding and taking away values of a record set. Values, not whole sets, are what we own: apex and wildcard share one
 * set, and so do strangers. The text of values that stay is never changed.
 */
import { canonicalRdata, isSameValue } from "./canonical-rdata";
import { canonicalName, type RecordSet } from "./record-set";

export function hasValue(set: RecordSet, value: string): boolean {
  return set.rdata.some((present) => isSameValue(set.type, present, value));
}

/** The set with the values it lacks put at its end; TTL and what is there stay as they are. */
export function addValues(set: RecordSet, values: readonly string[]): RecordSet {
  const present = valuesOf(set.type, set.rdata);
  const lacking = values.filter((value) => {
    const canonical = canonicalRdata(set.type, value);
    return !present.has(canonical) && present.add(canonical);
  });
  return lacking.length === 0 ? set : { ...set, rdata: [...set.rdata, ...lacking] };
}

/** The set without these values. What remains may be empty: DNS has no empty set, so the caller then deletes it. */
export function removeValues(set: RecordSet, values: readonly string[]): RecordSet {
  const unwanted = valuesOf(set.type, values);
  const rdata = set.rdata.filter((present) => !unwanted.has(canonicalRdata(set.type, present)));
  return rdata.length === set.rdata.length ? set : { ...set, rdata };
}

/** One text for each value, as `isSameValue` compares them: sets may hold thousands. */
function valuesOf(type: string, rdata: readonly string[]): Set<string> {
  return new Set(rdata.map((text) => canonicalRdata(type, text)));
}

/** What changes between two states of one name and type. `kept` holds the text of the current state. */
export interface RecordSetDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  /** Only if the set is there before and after, and its TTL differs. */
  readonly ttl?: { readonly fromSeconds: number; readonly toSeconds: number };
}

/** Compares two states of one record set; undefined is an absent set. A value given twice counts once. */
export function diffRecordSets(current: RecordSet | undefined, wanted: RecordSet | undefined): RecordSetDiff {
  const before = current?.rdata ?? [];
  const type = current?.type ?? wanted?.type ?? "";
  const after = wanted === undefined ? [] : addValues({ ...wanted, rdata: [] }, wanted.rdata).rdata;
  const [old, young] = [valuesOf(type, before), valuesOf(type, after)];
  const isAmong = (values: ReadonlySet<string>) => (text: string) => values.has(canonicalRdata(type, text));
  const ttlChanges =
    current !== undefined && wanted !== undefined && current.ttlSeconds !== wanted.ttlSeconds
      ? { fromSeconds: current.ttlSeconds, toSeconds: wanted.ttlSeconds }
      : undefined;
  return {
    added: after.filter((value) => !isAmong(old)(value)),
    removed: before.filter((value) => !isAmong(young)(value)),
    kept: before.filter(isAmong(young)),
    ...(ttlChanges === undefined ? {} : { ttl: ttlChanges }),
  };
}

/** Same name, type, TTL and values, whatever their order and spelling. */
export function isSameRecordSet(left: RecordSet, right: RecordSet): boolean {
  if (canonicalName(left.name) !== canonicalName(right.name) || left.type !== right.type) return false;
  const { added, removed, ttl } = diffRecordSets(left, right);
  return added.length === 0 && removed.length === 0 && ttl === undefined;
}
