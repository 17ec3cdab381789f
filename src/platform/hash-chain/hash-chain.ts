/**
 * A file of JSON lines that nobody changes unnoticed: each line holds the hash of the one before, and a companion file
 * the last one. The format is in docs/reference/hash-chain.md. Entries that arrive while others are being written go out
 * together. Start reading here; `verify-chain.ts` checks what this writes.
 */
import { open, stat, type FileHandle } from "node:fs/promises";
import { systemClock, type Clock } from "../clock";
import { AppError, isAppError, messageOf } from "../errors";
import { formatChainLine, type ChainHead, type LineNotes, type ReservedMembers } from "./chain-line";
import { broken, findChainEnd } from "./find-chain-end";
import { HeadFile, headPath, readHead, type WriteInPlace } from "./head-file";

/** What is needed of an open file. */
export type ChainFile = Pick<FileHandle, "read" | "write" | "stat" | "truncate" | "datasync" | "close">;

export interface HashChainOptions {
  readonly clock?: Clock;
  /** Opens a file to read and append, mode 0600 if it is new. @default the real one */
  readonly openFile?: (path: string) => Promise<ChainFile>;
  /** @default the real one */
  readonly writeHead?: WriteInPlace;
}

interface WaitingEntry {
  readonly time: string;
  readonly json: string;
}

interface Batch {
  readonly entries: WaitingEntry[];
  readonly done: Promise<void>;
}

/** What the next line has to say and to begin with, because of what is, or is not, before it in the file. */
interface Opening extends LineNotes {
  readonly separator: "" | "\n";
}

const nothingToSay: Opening = { separator: "" };
const openToAppend = (path: string): Promise<ChainFile> => open(path, "a+", 0o600);

export class HashChain {
  private waiting: Batch | undefined;
  /** Ends when everything begun so far has ended. */
  private tail: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  /** Octets at the end of the file that must go before anything else is written: a write failed half-way. */
  private unwanted = 0;
  private isHeadBehind = false;

  private constructor(
    private readonly path: string,
    private file: ChainFile,
    private readonly headFile: HeadFile,
    private last: ChainHead,
    private opening: Opening,
    private readonly options: HashChainOptions,
  ) {}

  /**
   * Goes on where the file ends, or begins one. It is locked until `close`.
   * Errors: `store_unwritable`, `store_unreadable`, `chain_broken`, `locked`, `missing_part`.
   */
  static async open(path: string, options: HashChainOptions = {}): Promise<HashChain> {
    const { openFile = openToAppend, writeHead } = options;
    let file: ChainFile | undefined;
    let headFile: HeadFile | undefined;
    try {
      file = await openFile(path);
      headFile = await HeadFile.open(path, { mayCreate: (await file.stat()).size === 0, write: writeHead });
      const head = readHead(path);
      if (headFile === undefined || head === undefined)
        throw new AppError(
          "chain_broken",
          `${path} has no ${headPath(path)}: it is not of this version, or that is gone`,
          {
            hint: `keep what there is: move ${path} away and start again, a new chain begins then`,
          },
        );
      const { last, isNew, torn, separator } = await findChainEnd(file, path, head);
      const opening: Opening = { ...(isNew && beginning(last)), torn, separator };
      return new HashChain(path, file, headFile, last, opening, options);
    } catch (error) {
      await headFile?.close();
      await file?.close();
      throw isAppError(error) ? error : unwritable(path, error);
    }
  }

  /** The last entry on record; seq 0 before the first. */
  head(): ChainHead {
    return this.last;
  }

  /**
   * Adds a line. Resolves when it is handed to the system. An entry that is rejected is not in the file, unless the
   * disk refuses to take back what was half-written until the process ends. Errors: `store_unwritable`.
   */
  append<Entry extends object>(entry: Entry & ReservedMembers): Promise<void> {
    if (this.isClosed) return Promise.reject(unwritable(this.path, new Error("it is closed")));
    const { clock = systemClock } = this.options;
    const waiting = { time: clock.now().toISOString(), json: JSON.stringify(entry) };
    this.waiting ??= this.beginBatch();
    this.waiting.entries.push(waiting);
    return this.waiting.done;
  }

  /**
   * To be called after the file was moved away: what follows goes to a new one. Without a move nothing happens; if the
   * new one cannot be had, the old one stays in use. Errors: `store_unwritable`, `chain_broken`.
   */
  reopen(): Promise<void> {
    return this.serially(async () => {
      await this.removeUnwanted();
      if (await isSameFile(this.file, this.path)) return;
      const next = await (this.options.openFile ?? openToAppend)(this.path);
      try {
        if ((await next.stat()).size > 0) throw broken(this.path, `${this.path} is there already and not empty`);
        this.writeHead();
        await this.file.datasync();
      } catch (error) {
        await next.close();
        throw error;
      }
      const former = this.file;
      this.file = next;
      this.opening = { ...beginning(this.last), separator: "" };
      await former.close();
    });
  }

  /** Writes what was appended before, then lets go of the file. Errors: `store_unwritable`. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.serially(async () => {
      try {
        await this.removeUnwanted();
        this.writeHead();
        await this.file.datasync();
        await this.headFile.sync();
      } finally {
        await this.headFile.close();
        await this.file.close();
      }
    });
  }

  private beginBatch(): Batch {
    const entries: WaitingEntry[] = [];
    const done = this.serially(async () => {
      // entries of requests that came in together are there at the end of this turn of the event loop
      await new Promise(setImmediate);
      this.waiting = undefined;
      await this.commit(entries);
    });
    return { entries, done };
  }

  private async commit(entries: readonly WaitingEntry[]): Promise<void> {
    await this.removeUnwanted();
    if (this.isHeadBehind) this.writeHead();
    let { seq, hash: prev } = this.last;
    const { separator, ...notes } = this.opening;
    let text: string = separator;
    for (const [index, { time, json }] of entries.entries()) {
      seq += 1;
      const formatted = formatChainLine({ seq, time, prev, ...(index === 0 && notes) }, json);
      text += formatted.line;
      prev = formatted.hash;
    }
    await this.write(Buffer.from(text));
    this.last = { seq, hash: prev };
    this.opening = nothingToSay;
    try {
      this.writeHead();
    } catch {
      // The entries are on record. The next ones are refused unless the head can be written before them.
      this.isHeadBehind = true;
    }
  }

  /** All of it or nothing. */
  private async write(octets: Buffer): Promise<void> {
    let written = 0;
    try {
      while (written < octets.length) {
        const { bytesWritten } = await this.file.write(octets, written);
        if (bytesWritten === 0) throw new Error("nothing more is taken");
        written += bytesWritten;
      }
    } catch (error) {
      this.unwanted = written;
      // if this fails, too, it is tried again before the next write, which is refused until it succeeds
      await this.removeUnwanted().catch(() => undefined);
      throw error;
    }
  }

  private async removeUnwanted(): Promise<void> {
    if (this.unwanted === 0) return;
    const { size } = await this.file.stat();
    await this.file.truncate(Math.max(0, size - this.unwanted));
    this.unwanted = 0;
  }

  private writeHead(): void {
    this.headFile.write(this.last);
    this.isHeadBehind = false;
  }

  private serially(task: () => Promise<void>): Promise<void> {
    const result = this.tail.then(task).catch((error: unknown) => {
      throw isAppError(error) ? error : unwritable(this.path, error);
    });
    this.tail = result.catch(() => undefined);
    return result;
  }
}

function beginning({ seq }: ChainHead): LineNotes {
  return { begins: seq === 0 ? "chain" : "file" };
}

async function isSameFile(file: ChainFile, path: string): Promise<boolean> {
  const own = await file.stat();
  const there = await stat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  return there !== undefined && there.dev === own.dev && there.ino === own.ino;
}

function unwritable(path: string, error: unknown): AppError {
  return new AppError("store_unwritable", `cannot write ${path}: ${messageOf(error)}`, {
    cause: error,
    hint: "check that its folder exists, belongs to this user and is not full",
  });
}
