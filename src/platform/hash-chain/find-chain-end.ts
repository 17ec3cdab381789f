/** Finds where the chain in a file goes on: its last line, compared with its head, and what a crash left behind it. */
import type { FileHandle } from "node:fs/promises";
import { AppError } from "../errors";
import { ChainCheck } from "./chain-check";
import { parseChainLine, type ChainHead, type TornPart } from "./chain-line";
import { headPath } from "./head-file";
import { splitLines, type Line } from "./read-lines";

export interface ChainEnd {
  readonly last: ChainHead;
  /** Whether the file has no line yet. */
  readonly isNew: boolean;
  /** Octets behind the last line, counted with `separator`. */
  readonly torn?: TornPart;
  /** What has to be written before the next line: a line feed, if the file does not end with one. */
  readonly separator: "" | "\n";
}

const firstWindow = 1 << 16;
/** A head is behind its file by one write at most, and that is far less than this. */
const longestWindow = 1 << 28;

/**
 * Lines that follow the head are checked like everything else. A file without the entry of its head may be a new one,
 * whose predecessor was moved away. Errors: `chain_broken`.
 */
export async function findChainEnd(
  file: Pick<FileHandle, "read" | "stat">,
  path: string,
  head: ChainHead,
): Promise<ChainEnd> {
  const { size } = await file.stat();
  for (let length = firstWindow; ; length *= 8) {
    const start = Math.max(0, size - length);
    const lines = splitLines(await readAt(file, start, size - start));
    if (start > 0) lines.shift();
    const at = lines.findLastIndex(({ octets }) => isHead(parseChainLine(octets), head));
    if (at >= 0) return checkTail(lines.slice(at + 1), path, head, false);
    if (start > 0 && length < longestWindow) continue;
    const last = lines.map(({ octets }) => parseChainLine(octets)).findLast((line) => line !== undefined);
    if (start > 0 || (last !== undefined && last.seq <= head.seq)) {
      const end = last === undefined ? "has no entry at its end" : `ends at entry ${last.seq}`;
      throw broken(path, `${path} ${end}, but ${headPath(path)} names another entry ${head.seq}`);
    }
    return checkTail(lines, path, head, last === undefined);
  }
}

function checkTail(lines: readonly Line[], path: string, head: ChainHead, isNew: boolean): ChainEnd {
  const check = new ChainCheck({ last: head });
  check.beginFile(path);
  for (const { octets, isTerminated } of lines) {
    const fault = check.line(octets, isTerminated);
    if (fault !== undefined) throw broken(path, `${path}, behind entry ${head.seq}: ${fault.message}`);
  }
  const last = check.last ?? head;
  const separator = (lines.at(-1)?.isTerminated ?? true) ? "" : "\n";
  return { last: { seq: last.seq, hash: last.hash }, isNew, torn: check.tailWith(separator), separator };
}

function isHead(line: ChainHead | undefined, head: ChainHead): boolean {
  return line?.seq === head.seq && line.hash === head.hash;
}

/** The way out of every chain that cannot go on. What was moved away can still be verified. */
export function broken(path: string, message: string): AppError {
  return new AppError("chain_broken", message, {
    hint: `keep what there is: move ${path} away and start again, the chain then goes on in a new file`,
  });
}

async function readAt(file: Pick<FileHandle, "read">, start: number, length: number): Promise<Buffer> {
  const octets = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(octets, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return octets.subarray(0, filled);
}
