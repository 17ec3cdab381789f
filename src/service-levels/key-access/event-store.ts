/**
 * Events of a queue in a folder: one file of JSON lines for each day (UTC) on which they were read. What is appended is on
 * disk when that returns; a line that was written half-way never stays before another. One process writes to a folder.
 */
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../platform/clock";
import { AppError, isAppError, messageOf } from "../../platform/errors";
import { lockFile } from "../../platform/file-lock";
import { syncFolderOf } from "../../platform/private-file";

/** What is needed of an open file. */
export type EventFile = Pick<FileHandle, "read" | "write" | "stat" | "truncate" | "datasync" | "close">;

export interface EventStoreOptions {
  readonly clock: Clock;
  /** Opens a file to read and append, mode 0600 if it is new. @default the real one */
  readonly openFile?: (path: string) => Promise<EventFile>;
}

interface DayFile {
  readonly path: string;
  readonly file: EventFile;
  /** What of it is known to be whole lines on disk. */
  size: number;
}

const openToAppend = (path: string): Promise<EventFile> => open(path, "a+", 0o600);

export class EventStore {
  private day: DayFile | undefined;

  private constructor(
    private readonly folder: string,
    private readonly lock: FileHandle,
    private readonly options: EventStoreOptions,
  ) {}

  /** Makes the folder, for its owner alone. Errors: `store_unwritable`; `locked`, `missing_part`. */
  static async open(folder: string, options: EventStoreOptions): Promise<EventStore> {
    let lock: FileHandle | undefined;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      lock = await open(join(folder, ".lock"), "a", 0o600);
      await lockFile(lock.fd, folder);
      return new EventStore(folder, lock, options);
    } catch (error) {
      await lock?.close();
      throw unwritable(folder, error);
    }
  }

  /** Lines without their ends. When it rejects, none of them is there. Errors: `store_unwritable`. */
  async append(lines: readonly string[]): Promise<void> {
    const octets = Buffer.from(lines.map((line) => `${line}\n`).join(""));
    try {
      const day = await this.today();
      // what a write that failed has left is no longer than what is cut off here
      if ((await day.file.stat()).size !== day.size) await day.file.truncate(day.size);
      for (let from = 0; from < octets.length;) {
        const { bytesWritten } = await day.file.write(octets, from);
        from += bytesWritten;
      }
      await day.file.datasync();
      day.size += octets.length;
    } catch (error) {
      await this.day?.file.truncate(this.day.size).catch(() => undefined); // else before the next write
      throw unwritable(this.folder, error);
    }
  }

  async close(): Promise<void> {
    await this.day?.file.close();
    await this.lock.close();
  }

  private async today(): Promise<DayFile> {
    const path = join(this.folder, `${this.options.clock.now().toISOString().slice(0, 10)}.jsonl`);
    if (this.day?.path === path) return this.day;
    const file = await (this.options.openFile ?? openToAppend)(path);
    try {
      const size = await wholeLines(file);
      const isNew = (await file.stat()).size === 0;
      if (isNew) await Promise.all([syncFolderOf(path), syncFolderOf(this.folder)]);
      await this.day?.file.close();
      return (this.day = { path, file, size });
    } catch (error) {
      await file.close();
      throw error;
    }
  }
}

const chunkSize = 64 * 1024;
const lineEnd = 0x0a;

/** The octets up to the last end of a line: behind it is what a process that was killed has left. */
async function wholeLines(file: EventFile): Promise<number> {
  const { size } = await file.stat();
  for (let end = size; end > 0;) {
    const begin = Math.max(0, end - chunkSize);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - begin), 0, end - begin, begin);
    const last = buffer.subarray(0, bytesRead).lastIndexOf(lineEnd);
    if (last >= 0) return begin + last + 1;
    end = begin;
  }
  return 0;
}

function unwritable(folder: string, error: unknown): AppError {
  if (isAppError(error)) return error;
  return new AppError("store_unwritable", `cannot write events to ${folder}: ${messageOf(error)}`, {
    cause: error,
    hint: "check that the folder belongs to you and is not full; nothing is deleted from the queue until then",
  });
}
