import { randomUUID } from "node:crypto";
import type { LedgerEntry } from "../../src/ledger/ledger-entry";
import { readLedger } from "../../src/ledger/read-ledger";

/** An entry that tests know again by its number. */
export function numberedEntry(n: number): LedgerEntry {
  return {
    id: randomUUID(),
    event: "certificate.imported",
    outcome: "done",
    actor: { who: "alice@build-7", program: "manage-certs 0.1.0", run: "5f8b3c1e-9d52-4f57-8a55-c3a9a4a4b0c1" },
    subject: { names: ["app.example.gov"], certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/c" },
    why: 'due: 12 days left; \u2028 "quoted" \ud800',
    facts: { n },
  };
}

export function numberOf(line: string): number {
  return Number(/"n":(\d+)/.exec(line)?.[1]);
}

export async function linesOf(place: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLedger(place)) lines.push(line);
  return lines;
}
