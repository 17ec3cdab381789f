import { ChainCheck, type ChainFault, type KnownEntry, type TornPlace } from "./chain-check";
import type { ChainHead } from "./chain-line";
import { headPath, readHead } from "./head-file";
import { readLines } from "./read-lines";

export interface VerifyChainOptions {
  /** One chain, oldest file first. The head of the last one is read with it. */
  readonly files: readonly string[];
  /** Entries noted elsewhere, which must be in the files as they were. */
  readonly expected?: readonly ChainHead[];
}

export interface ChainReport {
  readonly ok: boolean;
  /** How many were read before the fault, if there is one. */
  readonly entries: number;
  /** What the first line follows: seq 0 where a chain begins. */
  readonly from?: ChainHead;
  readonly last?: ChainHead;
  /** Where writes were cut off by a crash. Nothing is missing there. */
  readonly torn: readonly TornPlace[];
  /** The first one; what comes behind it proves nothing. */
  readonly fault?: ChainFault;
}

/**
 * Reads a chain from its first file to its last, which may be in use, in constant memory.
 * Errors: `missing_file`, `store_unreadable`, `chain_broken` for a head that cannot be read.
 */
export async function verifyChain({ files, expected = [] }: VerifyChainOptions): Promise<ChainReport> {
  const lastFile = files.at(-1) ?? "";
  // read before the file: that may grow meanwhile, and may be ahead of its head
  const head = readHead(lastFile);
  const known: KnownEntry[] = expected.map((entry) => ({ ...entry, source: "--expect" }));
  if (head !== undefined) known.push({ ...head, source: headPath(lastFile) });
  const check = new ChainCheck({ known });
  let fault: ChainFault | undefined;
  for (const file of files) {
    check.beginFile(file);
    fault = await readLines(file, ({ octets, isTerminated }) => check.line(octets, isTerminated));
    if (fault !== undefined) break;
    check.endFile();
  }
  fault ??= check.end();
  if (fault === undefined && known.length === 0)
    fault = {
      reason: "open_end",
      file: lastFile,
      seq: (check.last?.seq ?? 0) + 1,
      message: `all lines fit together, but without ${headPath(lastFile)} nothing tells where they ended`,
    };
  return chainReport(check, fault);
}

export function chainReport({ entries, from, torn, last }: ChainCheck, fault: ChainFault | undefined): ChainReport {
  return {
    ok: fault === undefined,
    entries,
    ...(from !== undefined && { from: { seq: from.seq, hash: from.hash } }),
    ...(last !== undefined && { last: { seq: last.seq, hash: last.hash } }),
    // what was on record before is told as a fault, and not as a write that never was
    torn: torn.filter(({ file, line }) => fault?.file !== file || fault.line !== line),
    ...(fault !== undefined && { fault }),
  };
}
