/** Reads a ledger on from where it was read before, whole lines only. */
import { open, stat, type FileHandle } from "node:fs/promises";
import { AppError, messageOf } from "../platform/errors";
import { lineTooLong, longestLine, splitLines } from "../platform/hash-chain/read-lines";
import { isPostgresPlace, openPostgresLedger, type LedgerOptions } from "./open-ledger";

/** Lines that follow one another. */
export interface LinesRead {
  /** Without their line feeds. */
  readonly lines: readonly Buffer[];
  /** Whether a new file, or the database, begins with them. */
  readonly isBeginning: boolean;
}

export interface LedgerCursor {
  /** What was added since, to its end at the moment. Errors: `missing_file`, `chain_broken`, `ledger_unavailable`. */
  more(): AsyncGenerator<LinesRead>;
  close(): Promise<void>;
}

/** Nothing is opened before the first read. Errors: `invalid_config`. */
export function openCursor(place: string, options: LedgerOptions = {}): LedgerCursor {
  return isPostgresPlace(place) ? new RowCursor(place, options) : new FileCursor(place);
}

const lineFeed = 0x0a;
const chunkOctets = 1 << 18;

/** Follows a file over moves: what was written up to the move is read first. */
class FileCursor implements LedgerCursor {
  private file: FileHandle | undefined;
  /** Where the next line begins. What is there of it is read again: a writer may have to take it back. */
  private position = 0;

  constructor(private readonly path: string) {}

  async *more(): AsyncGenerator<LinesRead> {
    for (let length = chunkOctets; ;) {
      this.file ??= await openToRead(this.path);
      // asked before the read: what was written up to the move is read, too
      const { isOver, size } = await stateOf(this.file, this.path);
      if (size < this.position) throw new AppError("chain_broken", `${this.path} is shorter than it was`);
      const { bytesRead, buffer } = await this.file.read(Buffer.allocUnsafe(length), 0, length, this.position);
      const whole = buffer.subarray(0, buffer.subarray(0, bytesRead).lastIndexOf(lineFeed) + 1);
      if (whole.length > 0) {
        const isBeginning = this.position === 0;
        this.position += whole.length;
        length = chunkOctets;
        yield { lines: splitLines(whole).map(({ octets }) => octets), isBeginning };
      } else if (bytesRead === length) {
        if (length > longestLine) throw lineTooLong(this.path);
        length *= 2;
      } else if (isOver) await this.close();
      else return;
    }
  }

  async close(): Promise<void> {
    const { file } = this;
    [this.file, this.position] = [undefined, 0];
    await file?.close();
  }
}

class RowCursor implements LedgerCursor {
  private readonly ledger;
  private last = 0;

  constructor(url: string, options: LedgerOptions) {
    this.ledger = openPostgresLedger(url, options);
  }

  async *more(): AsyncGenerator<LinesRead> {
    for await (const { last, lines } of this.ledger.pages(this.last)) {
      const isBeginning = this.last === 0;
      this.last = last;
      yield { lines, isBeginning };
    }
  }

  async close(): Promise<void> {
    await this.ledger.close();
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw new AppError("missing_file", `cannot read ${path}: ${messageOf(error)}`, { cause: error });
  });
  if (!(await file.stat()).isDirectory()) return file;
  await file.close();
  throw new AppError("missing_file", `cannot read ${path}: it is a folder`, { hint: "name the ledger in it" });
}

/** While nothing is at the path, a new file may be about to come; a folder is no ledger, and the file may come back. */
async function stateOf(file: FileHandle, path: string): Promise<{ readonly isOver: boolean; readonly size: number }> {
  const own = await file.stat();
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new AppError("missing_file", `cannot read ${path}: it is a folder`);
  return { isOver: there !== undefined && (there.ino !== own.ino || there.dev !== own.dev), size: own.size };
}
