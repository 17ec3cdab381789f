import { ledgerEvents, type LedgerEntry } from "./ledger-entry";

/** An entry as it is on record. */
export interface LedgerLine extends LedgerEntry {
  readonly seq: number;
  /** RFC 3339. */
  readonly time: string;
}

/** Undefined for what is no entry of a ledger: a write that a crash cut off, or a line of another chain. */
export function parseLedgerLine(line: string): LedgerLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { seq, event, time } = (value ?? {}) as Partial<LedgerLine>;
  const isEntry = typeof seq === "number" && typeof time === "string" && ledgerEvents.some((known) => known === event);
  return isEntry ? (value as LedgerLine) : undefined;
}
