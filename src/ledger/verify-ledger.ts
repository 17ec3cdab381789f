import { ChainCheck, type ChainFault, type KnownEntry } from "../platform/hash-chain/chain-check";
import type { ChainHead } from "../platform/hash-chain/chain-line";
import { chainReport, verifyChain, type ChainReport } from "../platform/hash-chain/verify-chain";
import { isPostgresPlace, openPostgresLedger } from "./open-ledger";

const rowsAtOnce = 5_000;

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
    for (let after = -1, isMore = true; isMore && fault === undefined;) {
      const rows = await ledger.lines(after, rowsAtOnce);
      for (const { seq, line } of rows) {
        after = seq;
        fault = check.line(Buffer.from(line), true);
        if (fault !== undefined) break;
      }
      isMore = rows.length === rowsAtOnce;
    }
    if (fault === undefined) check.endFile();
    fault ??= check.end();
    return chainReport(check, fault);
  } finally {
    await ledger.close();
  }
}
