import { createReadStream } from "node:fs";
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
const longestLine = 1 << 26;

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
 * until `take` returns. Errors: `missing_file`, `chain_broken`.
 */
export async function readLines<T>(path: string, take: (line: Line) => T | undefined): Promise<T | undefined> {
  let begun: Buffer[] = [];
  let begunLength = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
      const lines = splitLines(chunk);
      for (const line of lines) {
        if (!line.isTerminated || begunLength > 0) {
          begun.push(line.octets);
          begunLength += line.octets.length;
          if (begunLength > longestLine) throw new AppError("chain_broken", `${path} has a line of more than 64 MiB`);
          if (!line.isTerminated) continue;
        }
        const octets = begunLength > 0 ? Buffer.concat(begun) : line.octets;
        begun = [];
        begunLength = 0;
        const taken = take({ octets, isTerminated: true });
        if (taken !== undefined) return taken;
      }
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("missing_file", `cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
  return begunLength > 0 ? take({ octets: Buffer.concat(begun), isTerminated: false }) : undefined;
}
