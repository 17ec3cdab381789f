/** The lines of a ledger, oldest first, and what is added while they are read, if that is wanted. */
import { open, stat, type FileHandle } from "node:fs/promises";
import { sleep as realSleep, type Sleep } from "../platform/clock";
import { AppError, messageOf } from "../platform/errors";
import { splitLines } from "../platform/hash-chain/read-lines";
import { isPostgresPlace, openPostgresLedger } from "./open-ledger";

export interface ReadLedgerOptions {
  /** Waits for more at the end, until the signal aborts. @default false */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
  /** Between looks for more, in milliseconds. @default 500 */
  readonly pollMs?: number;
  readonly sleep?: Sleep;
}

const chunkOctets = 1 << 18;
const rowsAtOnce = 2_000;

/** Errors: `missing_file`, `ledger_unavailable`. */
export function readLedger(place: string, options: ReadLedgerOptions = {}): AsyncGenerator<string> {
  return isPostgresPlace(place) ? rowsOf(place, options) : linesOf(place, options);
}

async function* linesOf(path: string, options: ReadLedgerOptions): AsyncGenerator<string> {
  let file = await openToRead(path);
  let position = 0;
  let begun: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      // asked before the read: what was written up to the move is read, too
      const isOver = await wasMovedAway(file, path);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkOctets), 0, chunkOctets, position);
      position += bytesRead;
      const lines = splitLines(Buffer.concat([begun, buffer.subarray(0, bytesRead)]));
      const last = lines.at(-1);
      begun = last !== undefined && !last.isTerminated ? last.octets : Buffer.alloc(0);
      for (const { octets, isTerminated } of lines) if (isTerminated) yield octets.toString("utf8");
      if (bytesRead > 0) continue;
      if (options.follow === true && isOver) {
        await file.close();
        file = await openToRead(path);
        position = 0;
        begun = Buffer.alloc(0);
      } else if (!(await moreMayCome(options))) return;
    }
  } finally {
    await file.close();
  }
}

async function* rowsOf(url: string, options: ReadLedgerOptions): AsyncGenerator<string> {
  const ledger = openPostgresLedger(url, options);
  try {
    for (let last = 0; ;) {
      const rows = await ledger.lines(last, rowsAtOnce);
      for (const { seq, line } of rows) {
        last = seq;
        yield line;
      }
      if (rows.length < rowsAtOnce && !(await moreMayCome(options))) return;
    }
  } finally {
    await ledger.close();
  }
}

/** Waits a little; false when the reader is done. */
async function moreMayCome({ follow = false, signal, pollMs = 500, sleep = realSleep }: ReadLedgerOptions) {
  if (!follow || signal?.aborted) return false;
  await sleep(pollMs, signal).catch(() => undefined);
  return signal?.aborted !== true;
}

async function openToRead(path: string): Promise<FileHandle> {
  return open(path, "r").catch((error: unknown) => {
    throw new AppError("missing_file", `cannot read ${path}: ${messageOf(error)}`, { cause: error });
  });
}

/** While nothing is at the path, a new file may be about to come. */
async function wasMovedAway(file: FileHandle, path: string): Promise<boolean> {
  const own = await file.stat();
  const there = await stat(path).catch(() => undefined);
  return there !== undefined && (there.ino !== own.ino || there.dev !== own.dev);
}
