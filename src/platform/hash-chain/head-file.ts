/**
 * The companion of a hash-chained file: the last entry on record, so that lines cut off at the end are missed. It is
 * rewritten in place after each write to the file, never before: the file may be ahead of it, never behind. Whoever
 * writes to the file holds the lock on its head.
 */
import { readFileSync, writeSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { AppError, messageOf } from "../errors";
import { lockFile } from "../file-lock";
import { chainStart, type ChainHead } from "./chain-line";

/** All heads have this length, so that rewriting one needs no new place on the disk. */
const headLength = 100;
const headShape = /^\{"seq":(\d{1,16}),"hash":"([0-9a-f]{64})"\} *\n$/;

/** Writes all octets at the beginning of a file. */
export type WriteInPlace = (descriptor: number, octets: Buffer) => void;

/** The octets are few and their page is in memory: it takes longer to hand them to another thread than to write them. */
const writeInPlace: WriteInPlace = (descriptor, octets) => {
  writeSync(descriptor, octets, 0, octets.length, 0);
};

export function headPath(path: string): string {
  return `${path}.head`;
}

export class HeadFile {
  private constructor(
    private readonly handle: FileHandle,
    private readonly writeOctets: WriteInPlace,
  ) {}

  /** Opens and locks the head of a file, which is made if it may be. Undefined: there is none. */
  static async open(
    path: string,
    { mayCreate, write = writeInPlace }: { readonly mayCreate: boolean; readonly write?: WriteInPlace },
  ): Promise<HeadFile | undefined> {
    const handle = await openOrCreate(headPath(path), mayCreate);
    if (handle === undefined) return undefined;
    try {
      await lockFile(handle.fd, path);
      const head = new HeadFile(handle, write);
      if (mayCreate && (await handle.stat()).size === 0) head.write(chainStart);
      return head;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  write({ seq, hash }: ChainHead): void {
    this.writeOctets(this.handle.fd, Buffer.from(JSON.stringify({ seq, hash }).padEnd(headLength - 1) + "\n"));
  }

  async sync(): Promise<void> {
    await this.handle.datasync();
  }

  /** Lets go of the lock, too. */
  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** The head of a file, or undefined if there is none. Errors: `store_unreadable`, `chain_broken`. */
export function readHead(path: string): ChainHead | undefined {
  const file = headPath(path);
  let text: string;
  try {
    text = readFileSync(file, "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new AppError("store_unreadable", `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
  const [, seq, hash] = headShape.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new AppError("chain_broken", `${file} is not what was written`, {
      hint: `move it and ${path} away together; a new chain begins then`,
    });
  return { seq: Number(seq), hash };
}

async function openOrCreate(path: string, mayCreate: boolean): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return mayCreate ? open(path, "a+", 0o600).then(reopened(path)) : undefined;
  }
}

/** Made by appending, which two processes may do at once; written in place from then on. */
function reopened(path: string) {
  return async (made: FileHandle): Promise<FileHandle> => {
    await made.close();
    return open(path, "r+");
  };
}
