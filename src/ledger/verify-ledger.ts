import { ChainCheck, type ChainFault, type KnownEntry } from "../platform/hash-chain/chain-check";
import type { ChainHead } from "../platform/hash-chain/chain-line";
import { chainReport, verifyChain, type ChainReport } from "../platform/hash-chain/verify-chain";
import { isPostgresPlace, openPostgresLedger } from "./open-ledger";

/**
 * Whether all entries are there as they were written. `places`: the files of one ledger, oldest first, or one database.
 * Errors: `missing_file`, `store_unreadable`, `chain_broken`, `ledger_unavailable`.
 */
export function verifyLedger(places: readonly string[], expected: readonly ChainHead[] = []): Promise<ChainReport> {
  const [url = ""] = places;
  return isPostgresPlace(url) ? verifyRows(url, expected) : verifyChain({ files: places, expected });
}

async function verifyRows(url: string, expected: readonly ChainHead[]): Promise<ChainReport> {
  const ledger = openPostgresLedger(url);
  try {
    // read before the rows: more may come meanwhile
    const head = await ledger.head();
    const known: KnownEntry[] = expected.map((entry) => ({ ...entry, source: "--expect" }));
    if (head.seq > 0) known.push({ ...head, source: "the table ledger_head" });
    const check = new ChainCheck({ known });
    check.beginFile("the table ledger");
    let fault: ChainFault | undefined;
    for await (const { lines } of ledger.pages(-1)) {
      fault = firstFault(lines, check);
      if (fault !== undefined) break;
    }
    if (fault === undefined) check.endFile();
    fault ??= check.end();
    return chainReport(check, fault);
  } finally {
    await ledger.close();
  }
}

function firstFault(lines: readonly Buffer[], check: ChainCheck): ChainFault | undefined {
  for (const line of lines) {
    const fault = check.line(line, true);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
