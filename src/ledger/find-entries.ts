import type { LedgerEvent } from "./ledger-entry";
import { parseLedgerLine, type LedgerLine } from "./ledger-line";

export interface EntryFilter {
  /** Texts that a subject has: a name, an ARN or a part of one, a stack. All of them. */
  readonly about: readonly string[];
  readonly events?: readonly LedgerEvent[];
  /** RFC 3339; entries from then on. */
  readonly since?: string;
  /** No more than the latest so many. */
  readonly last: number;
}

/** The latest entries that fit, oldest first, in constant memory. */
export async function findEntries(lines: AsyncIterable<string>, filter: EntryFilter): Promise<LedgerLine[]> {
  const { about, events, since = "", last } = filter;
  const found: LedgerLine[] = [];
  for await (const line of lines) {
    // most lines need not be parsed
    if (!about.every((text) => line.includes(text))) continue;
    const entry = parseLedgerLine(line);
    if (entry === undefined || entry.time < since) continue;
    if (events !== undefined && !events.includes(entry.event)) continue;
    const subject = JSON.stringify([entry.subject, entry.actor.run]);
    if (!about.every((text) => subject.includes(text))) continue;
    found.push(entry);
    if (found.length > last) found.shift();
  }
  return found;
}
