/** Checks a hash chain line by line, over any number of files, in constant memory. Pure: it reads and writes nothing. */
import { createHash, type Hash } from "node:crypto";
import { chainStart, parseChainLine, type ChainHead, type ChainLine, type TornPart } from "./chain-line";

/**
 * `changed`: a line is not what was written. `missing`: lines before it were removed, or it was moved up. `moved`: it
 * stands too late, or twice. `replaced`: the line before it is another one than it was written after. `cut`: the end is
 * gone. `anchor`: an entry is not the one that is known from elsewhere.
 */
export type ChainFaultReason = "changed" | "missing" | "moved" | "replaced" | "cut" | "anchor" | "open_end";

export interface ChainFault {
  readonly reason: ChainFaultReason;
  readonly file: string;
  /** From 1. Absent if it is about the file as a whole. */
  readonly line?: number;
  /** Of the first entry that is concerned. */
  readonly seq: number;
  readonly message: string;
}

/** An entry known from outside the files. */
export interface KnownEntry extends ChainHead {
  /** Where it is known from, for people. */
  readonly source: string;
}

/** Where a write was cut off. */
export interface TornPlace {
  readonly file: string;
  readonly line: number;
  readonly octets: number;
}

interface Unclear {
  readonly line: number;
  octets: number;
  readonly hash: Hash;
}

export class ChainCheck {
  /** What the first line says it follows. */
  from: ChainHead | undefined;
  last: ChainHead | undefined;
  entries = 0;
  readonly torn: TornPlace[] = [];
  private readonly known: KnownEntry[];
  private file = "";
  private lineNumber = 0;
  /** Lines that are none: torn, if the line after them says so, and else changed. */
  private unclear: Unclear | undefined;
  /** If the file before ended like this and entries are missing after it, then it is them. */
  private tornEnd: TornPlace | undefined;

  /** `last`: begins after this entry, in the middle of a file. */
  constructor(options: { readonly known?: readonly KnownEntry[]; readonly last?: ChainHead } = {}) {
    this.known = (options.known ?? []).filter(({ seq }) => seq > 0);
    this.last = options.last;
    this.from = options.last;
  }

  beginFile(file: string): void {
    this.file = file;
    this.lineNumber = 0;
    this.unclear = undefined;
  }

  /** Takes the next line, without its line feed; `isTerminated` says whether it had one. */
  line(octets: Buffer, isTerminated: boolean): ChainFault | undefined {
    this.lineNumber += 1;
    const line = parseChainLine(octets);
    if (line === undefined) return this.noLine(octets, isTerminated);
    const fault = this.tornFault(line) ?? this.placeFault(line) ?? this.knownFault(line);
    if (fault !== undefined) return fault;
    this.last = line;
    this.entries += 1;
    this.tornEnd = undefined;
    return undefined;
  }

  /** A torn line may stand at the end of a file; whether anything is missing behind it, others tell. */
  endFile(): void {
    if (this.unclear === undefined) return;
    this.tornEnd = { file: this.file, ...placeOf(this.unclear) };
    this.torn.push(this.tornEnd);
  }

  /** What is known from elsewhere and was not met. */
  end(): ChainFault | undefined {
    const last = this.last ?? chainStart;
    const from = this.from ?? chainStart;
    for (const { seq, source } of this.known) {
      if (seq > last.seq && this.tornEnd !== undefined) return this.changed(last.seq + 1, this.tornEnd);
      if (seq > last.seq)
        return this.fault("cut", last.seq + 1, `ends at entry ${last.seq}, but ${source} names entry ${seq}`, false);
      if (seq < from.seq)
        return this.fault("anchor", seq, `begins after entry ${from.seq}: entry ${seq} is in an earlier file`, false);
    }
    return undefined;
  }

  /** The octets at the end that belong to no line, as the next line has to tell of them: with what is put between. */
  tailWith(separator: "" | "\n"): TornPart | undefined {
    if (this.unclear === undefined) return undefined;
    const { octets, hash } = this.unclear;
    return { octets: octets + separator.length, sha256: hash.copy().update(separator).digest("hex") };
  }

  private noLine(octets: Buffer, isTerminated: boolean): undefined {
    this.unclear ??= { line: this.lineNumber, octets: 0, hash: createHash("sha256") };
    this.unclear.hash.update(octets);
    if (isTerminated) this.unclear.hash.update("\n");
    this.unclear.octets += octets.length + (isTerminated ? 1 : 0);
  }

  private tornFault({ seq, torn }: ChainLine): ChainFault | undefined {
    const { unclear } = this;
    if (unclear === undefined)
      return torn && this.fault("missing", seq, `${torn.octets} octets of a torn line before this one are gone`);
    if (torn?.octets !== unclear.octets || torn.sha256 !== unclear.hash.digest("hex")) {
      const place = (this.last?.seq ?? seq - 2) + 1;
      return this.changed(place, { file: this.file, ...placeOf(unclear) });
    }
    this.torn.push({ file: this.file, ...placeOf(unclear) });
    this.unclear = undefined;
    return undefined;
  }

  private placeFault(line: ChainLine): ChainFault | undefined {
    if (this.last === undefined) {
      if (line.begins === undefined)
        return this.fault(
          "missing",
          line.seq - 1,
          `entry ${line.seq} does not begin a file: what was before it is gone`,
        );
      this.from = this.last = { seq: line.seq - 1, hash: line.prev };
      return this.knownFault(this.last) ?? (line.begins === "chain" ? this.chainStartFault(line) : undefined);
    }
    const wanted = this.last.seq + 1;
    if (line.seq > wanted && this.tornEnd !== undefined) return this.changed(wanted, this.tornEnd);
    if (line.seq > wanted)
      return this.fault("missing", wanted, `entry ${line.seq} stands where entry ${wanted} belongs: removed or moved`);
    if (line.seq < wanted)
      return this.fault("moved", line.seq, `entry ${line.seq} stands where entry ${wanted} belongs: moved or repeated`);
    if (line.prev !== this.last.hash)
      return this.fault("replaced", wanted - 1, `entry ${wanted} was not written after this entry ${wanted - 1}`);
    return undefined;
  }

  private chainStartFault({ seq, prev }: ChainLine): ChainFault | undefined {
    if (seq === 1 && prev === chainStart.hash) return undefined;
    return this.fault("missing", 1, `a new chain begins with entry ${seq}: what was before it is gone`);
  }

  private knownFault({ seq, hash }: ChainHead): ChainFault | undefined {
    for (const known of this.known)
      if (known.seq === seq && known.hash !== hash)
        return this.fault("anchor", seq, `entry ${seq} is not the one that ${known.source} names`);
    return undefined;
  }

  private changed(seq: number, { file, line }: TornPlace): ChainFault {
    return { reason: "changed", file, line, seq, message: "this line is not what was written" };
  }

  private fault(reason: ChainFaultReason, seq: number, message: string, atLine = true): ChainFault {
    return { reason, file: this.file, ...(atLine && { line: this.lineNumber }), seq, message };
  }
}

function placeOf({ line, octets }: Unclear) {
  return { line, octets };
}
