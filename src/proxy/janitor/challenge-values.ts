/**
 * The challenge values that this proxy added and that nobody has taken away since, as the audit trail tells it: each
 * entry is noted when it is written, and those of the last hours are noted again after a restart. Pure.
 */
import { diffRecordSets } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { encodeTxt } from "../../dns/txt";
import type { AuditEntry } from "../audit";
import { plainValue } from "../policy/plain-value";

/** One TXT set with values whose time is over. */
export interface DueValues {
  readonly zone: string;
  readonly name: string;
  /** Presentation text. */
  readonly rdata: readonly string[];
}

interface KnownSet {
  readonly zone: string;
  readonly name: string;
  /** Value → when it was added or asked for last, in milliseconds since 1970. */
  readonly values: Map<string, number>;
}

/** What a dns-01 challenge is answered with (RFC 8555 8.1, 8.4). */
const challengeName = "_acme-challenge.";
const challengeValue = /^[A-Za-z0-9_-]{43}$/;

export class ChallengeValues {
  private readonly sets = new Map<string, KnownSet>();

  /** Values in more sets than `maxSets` are not known: they stay where they are. */
  constructor(private readonly maxSets = 10_000) {}

  get size(): number {
    let size = 0;
    for (const { values } of this.sets.values()) size += values.size;
    return size;
  }

  note(entry: AuditEntry, at: Date): void {
    const { event, zone, outcome, verdict } = entry;
    if (zone === undefined) return;
    for (const change of entry.changes ?? [entry]) {
      const { name, type, allow, before, after } = change;
      if (type !== "TXT" || name?.startsWith(challengeName) !== true || after === undefined) continue;
      const known = this.sets.get(keyOf(zone, name)) ?? { zone, name, values: new Map<string, number>() };
      if (event === "write" && outcome === "done") forgetMissing(known, before, after);
      // what is not known to be done may stand all the same
      if (event === "write" && outcome !== "failed" && allow === "acme-challenge")
        for (const value of addedValues(before, after)) known.values.set(value, at.getTime());
      if (event === "decision" && verdict === "allow") refreshRepeated(known, before, after, at);
      if (known.values.size === 0) this.sets.delete(keyOf(zone, name));
      else if (this.sets.size < this.maxSets) this.sets.set(keyOf(zone, name), known);
    }
  }

  /** Values that were added, or asked for last, at `until` or before. */
  due(until: Date): DueValues[] {
    return [...this.sets.values()].flatMap(({ zone, name }) => {
      const rdata = this.dueOf(zone, name, until);
      return rdata.length > 0 ? [{ zone, name, rdata }] : [];
    });
  }

  /** The same of one set. */
  dueOf(zone: string, name: string, until: Date): string[] {
    const values = this.sets.get(keyOf(zone, name))?.values ?? new Map<string, number>();
    return [...values].filter(([, at]) => at <= until.getTime()).map(([value]) => encodeTxt(value));
  }

  /** Forgets values that do not stand any more. Returns how many of them were known. */
  forget({ zone, name, rdata }: DueValues): number {
    const known = this.sets.get(keyOf(zone, name));
    const gone = rdata.filter((text) => known?.values.delete(plainValue("TXT", text)));
    if (known?.values.size === 0) this.sets.delete(keyOf(zone, name));
    return gone.length;
  }
}

function keyOf(zone: string, name: string): string {
  return `${zone} ${name}`;
}

function valuesOf(set: RecordSet | null | undefined): Set<string> {
  return new Set(set?.rdata.map((text) => plainValue("TXT", text)));
}

function addedValues(before: RecordSet | null | undefined, after: RecordSet | null): string[] {
  const { added } = diffRecordSets(before ?? undefined, after ?? undefined);
  return added.map((text) => plainValue("TXT", text)).filter((value) => challengeValue.test(value));
}

/** A value that was missing before a write was taken away by somebody else: if it stands again, it is not ours. */
function forgetMissing({ values }: KnownSet, before: RecordSet | null | undefined, after: RecordSet | null): void {
  const [stood, stands] = [valuesOf(before), valuesOf(after)];
  for (const value of values.keys()) if (!stood.has(value) || !stands.has(value)) values.delete(value);
}

/**
 * A request that changes nothing asks for what stands once more. One for several sets is judged before they are read, so
 * it says of each that nothing stood before, whatever did.
 */
function refreshRepeated(
  { values }: KnownSet,
  before: RecordSet | null | undefined,
  after: RecordSet | null,
  at: Date,
): void {
  const { added, removed } = diffRecordSets(before ?? undefined, after ?? undefined);
  const mayBeUnread = before === null;
  if (after === null || removed.length > 0 || (added.length > 0 && !mayBeUnread)) return;
  for (const value of valuesOf(after)) if (values.has(value)) values.set(value, at.getTime());
}
