import type { LedgerLine } from "../../../ledger/ledger-line";
import { Latest } from "./latest";

/** Renewals that failed, were refused, or of which nobody knows; and whether the same names were renewed since. */
export class FailedRenewals {
  private readonly latest: Latest<LedgerLine>;
  /** Names that had one: whether they were renewed after the last. */
  private readonly renewed = new Map<string, boolean>();

  /** `most`: of the latest, so many are kept. */
  constructor(readonly most: number) {
    this.latest = new Latest(most);
  }

  add(entry: LedgerLine): void {
    if (entry.event !== "renewal.ended") return;
    const key = keyOf(entry);
    if (entry.outcome === "done") {
      if (this.renewed.has(key)) this.renewed.set(key, true);
      return;
    }
    this.latest.add(entry);
    this.renewed.set(key, false);
  }

  /** Latest first. */
  get items(): readonly LedgerLine[] {
    return this.latest.items;
  }

  wasRenewedSince(entry: LedgerLine): boolean {
    return this.renewed.get(keyOf(entry)) ?? false;
  }
}

function keyOf({ subject: { names = [], certificateArn = "" } }: LedgerLine): string {
  return names.length === 0 ? certificateArn : [...names].sort().join();
}
