import type { LedgerEntry } from "../../src/ledger/ledger-entry";
import type { LedgerLine } from "../../src/ledger/ledger-line";

export const begin = new Date("2026-06-01T00:00:00Z");

export const afterMinutes = (minutes: number): Date => new Date(begin.getTime() + minutes * 60_000);

type Given = Partial<Omit<LedgerEntry, "event">> & { readonly at?: number; readonly run?: string };

let seq = 0;

/** An entry so many minutes after the begin, of a certificate for app.example.gov. */
export function ledgerLine(event: LedgerEntry["event"], { at = 0, run = "run-1", ...given }: Given = {}): LedgerLine {
  return {
    ...{ seq: ++seq, time: afterMinutes(at).toISOString(), id: String(seq), event, outcome: "done" },
    actor: { who: "alice@build-7", program: "manage-certs 0.1.0", run },
    subject: { names: ["app.example.gov"], certificateArn: "arn:app", serial: "0a" },
    ...given,
  };
}
