import { addValues, diffRecordSets, removeValues } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";

export interface Merge {
  /** What stands upstream now. Undefined is an absent set, here and below. */
  readonly current: RecordSet | undefined;
  /** What the client built its request on. */
  readonly base: RecordSet | undefined;
  /** What the client sent. */
  readonly wanted: RecordSet | undefined;
  /** Whether the client may add and take away this value. */
  readonly mayTouch: (value: string) => boolean;
  /** Whether it may set the TTL of a set that is there. */
  readonly mayUpdate: boolean;
}

/**
 * Three-way merge: what the client changed between what it saw and what it wants is done to what is there now. Values
 * it may not touch stay, whether it left them out or not; so does the TTL of a set that holds such values. A value it
 * adds without the right to stays in the result, for `decide` to refuse.
 */
export function mergeRecordSet({ current, base, wanted, mayTouch, mayUpdate }: Merge): RecordSet | undefined {
  const { added, removed } = diffRecordSets(base, wanted);
  if (current === undefined)
    return wanted === undefined || added.length === 0 ? undefined : { ...wanted, rdata: added };
  const merged = addValues(removeValues(current, removed.filter(mayTouch)), added);
  if (merged.rdata.length === 0) return undefined;
  const ownsTtl = wanted !== undefined && mayUpdate && current.rdata.every(mayTouch);
  return ownsTtl ? { ...merged, ttlSeconds: wanted.ttlSeconds } : merged;
}
