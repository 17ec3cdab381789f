import { open, type FileHandle } from "node:fs/promises";
import { AppError, messageOf } from "../errors";

export interface Line {
  /** Without the line feed. */
  readonly octets: Buffer;
  /** Whether there was one. Only the last line can be without. */
  readonly isTerminated: boolean;
}

const lineFeed = 0x0a;
const chunkSize = 1 << 18;

/** A line that is longer was written by nobody; nothing this long is kept in memory. */
export const longestLine = 1 << 26;

export function lineTooLong(path: string): AppError {
  return new AppError("chain_broken", `${path} has a line of more than 64 MiB`);
}

/** The lines of some octets; the last one only if there is anything in it. */
export function splitLines(octets: Buffer): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let end = octets.indexOf(lineFeed); end >= 0; end = octets.indexOf(lineFeed, start)) {
    lines.push({ octets: octets.subarray(start, end), isTerminated: true });
    start = end + 1;
  }
  if (start < octets.length) lines.push({ octets: octets.subarray(start), isTerminated: false });
  return lines;
}

/**
 * Reads a file line by line in constant memory, until `take` returns something, which is returned. Octets are good
 * until `take` returns: the next ones take their place. Errors: `missing_file`, `chain_broken`.
 */
export async function readLines<T>(path: string, take: (line: Line) => T | undefined): Promise<T | undefined> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    let buffer = Buffer.allocUnsafe(chunkSize);
    for (let begun = 0; ;) {
      const read = await readMore(file, path, buffer, begun);
      const octets = buffer.subarray(0, begun + read);
      let start = 0;
      for (let end = octets.indexOf(lineFeed, begun); end >= 0; end = octets.indexOf(lineFeed, start)) {
        const taken = take({ octets: octets.subarray(start, end), isTerminated: true });
        if (taken !== undefined) return taken;
        start = end + 1;
      }
      begun = octets.length - start;
      if (read === 0) return begun > 0 ? take({ octets, isTerminated: false }) : undefined;
      if (begun > longestLine) throw lineTooLong(path);
      // a line that fills it needs a longer one
      const next = begun === buffer.length ? Buffer.allocUnsafe(2 * buffer.length) : buffer;
      octets.copy(next, 0, start);
      buffer = next;
    }
  } finally {
    await file.close();
  }
}

async function readMore(file: FileHandle, path: string, buffer: Buffer, offset: number): Promise<number> {
  try {
    return (await file.read(buffer, offset, buffer.length - offset, null)).bytesRead;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): AppError {
  return new AppError("missing_file", `cannot read ${path}: ${messageOf(error)}`, { cause: error });
}
