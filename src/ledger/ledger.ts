import type { LedgerEntry } from "./ledger-entry";

/** Where entries go. */
export interface Ledger {
  /**
   * All of them or none, in this order, behind what is there. Resolves when they are on record; what was rejected may be
   * appended again, with the same ids. Errors: `ledger_unavailable`, `store_unwritable`, `chain_broken`, `locked`.
   */
  append(entries: readonly LedgerEntry[]): Promise<void>;
  close(): Promise<void>;
}
