import { ChainCheck } from "../platform/hash-chain/chain-check";
import type { ChainHead } from "../platform/hash-chain/chain-line";
import { openCursor } from "./ledger-cursor";
import type { LedgerOptions } from "./open-ledger";

/**
 * Whether there are entries at a place and all that is there now fits together, with `known` in it if one is given. What
 * cannot be read is not.
 */
export async function isAsWritten(
  place: string,
  known: ChainHead | undefined,
  options: LedgerOptions,
): Promise<boolean> {
  const cursor = openCursor(place, options);
  const check = new ChainCheck({ known: known && [{ ...known, source: "an earlier look" }] });
  check.beginFile(place);
  try {
    for await (const { lines } of cursor.more())
      for (const octets of lines) if (check.line(octets, true) !== undefined) return false;
    check.endFile();
    return check.entries > 0 && check.end() === undefined;
  } catch {
    return false;
  } finally {
    await cursor.close();
  }
}
