import { writeSync } from "node:fs";
import { open } from "node:fs/promises";
import type { ChainFile } from "../../src/platform/hash-chain/hash-chain";

/** A disk that takes so many octets; cutting octets off gives them back. */
export class Disk {
  room = Infinity;
  /** The most that one write takes. */
  step = Infinity;
  canTruncate = true;
  canWriteHead = true;

  readonly openFile = async (path: string): Promise<ChainFile> => {
    const file = await open(path, "a+", 0o600);
    return {
      read: file.read.bind(file),
      stat: file.stat.bind(file),
      datasync: () => file.datasync(),
      close: () => file.close(),
      truncate: async (length) => {
        if (!this.canTruncate) throw new Error("EIO: i/o error, ftruncate");
        this.room += (await file.stat()).size - (length ?? 0);
        await file.truncate(length);
      },
      write: (async (octets: Buffer, from: number) => {
        const length = Math.min(octets.length - from, this.room, this.step);
        if (length === 0) throw new Error("ENOSPC: no space left on device, write");
        this.room -= length;
        return file.write(octets, from, length);
      }) as ChainFile["write"],
    };
  };

  readonly writeHead = (descriptor: number, octets: Buffer): void => {
    if (!this.canWriteHead) throw new Error("EIO: i/o error, write");
    writeSync(descriptor, octets, 0, octets.length, 0);
  };
}
