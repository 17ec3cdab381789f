/** The lines of a ledger, oldest first, and what is added while they are read, if that is wanted. */
import { sleep as realSleep, type Sleep } from "../platform/clock";
import { openCursor } from "./ledger-cursor";

export interface ReadLedgerOptions {
  /** Waits for more at the end, until the signal aborts. @default false */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
  /** Between looks for more, in milliseconds. @default 500 */
  readonly pollMs?: number;
  readonly sleep?: Sleep;
}

/** Errors: `missing_file`, `ledger_unavailable`. */
export async function* readLedger(place: string, options: ReadLedgerOptions = {}): AsyncGenerator<string> {
  const cursor = openCursor(place, options);
  try {
    do for await (const { lines } of cursor.more()) for (const octets of lines) yield octets.toString("utf8");
    while (await moreMayCome(options));
  } finally {
    await cursor.close();
  }
}

/** Waits a little; false when the reader is done. */
async function moreMayCome({ follow = false, signal, pollMs = 500, sleep = realSleep }: ReadLedgerOptions) {
  if (!follow || signal?.aborted) return false;
  await sleep(pollMs, signal).catch(() => undefined);
  return signal?.aborted !== true;
}
