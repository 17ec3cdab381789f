/**
 * One line of a hash chain (docs/reference/hash-chain.md has the format for others to check):
 *
 *     {"seq":2,"time":"…","prev":"…",…the entry…,"hash":"…"}
 *
 * `hash` is the SHA-256, in lower-case hex, of the line's octets without `,"hash":"…"`, that is of the object as it was
 * before it got its hash. `prev` is the hash of the line before.
 */
import { createHash } from "node:crypto";

/** An entry that is on record: which one, and the hash of its line. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** What the first line of a chain follows. */
export const chainStart: ChainHead = { seq: 0, hash: "0".repeat(64) };

/** Octets that stand before a line and belong to none: a write that a crash cut off. */
export interface TornPart {
  /** With the line feed that ends it. */
  readonly octets: number;
  /** Of these octets, in lower-case hex. */
  readonly sha256: string;
}

/** What a line says beside its entry, if there is anything to say. */
export interface LineNotes {
  /** Only on the first line of a file, and always there: a new chain, or one that goes on from another file. */
  readonly begins?: "chain" | "file";
  readonly torn?: TornPart;
}

export interface ChainLine extends ChainHead, LineNotes {
  readonly prev: string;
}

/** The names that an entry, an object that becomes JSON, must not use: they are the chain's own. */
export interface ReservedMembers {
  readonly seq?: never;
  readonly time?: never;
  readonly prev?: never;
  readonly begins?: never;
  readonly torn?: never;
  readonly hash?: never;
}

export interface LineFacts extends LineNotes {
  readonly seq: number;
  /** RFC 3339. */
  readonly time: string;
  readonly prev: string;
}

/** The line with its line feed, and its hash. `entryJson` is a JSON object without blanks. */
export function formatChainLine(
  { seq, time, prev, begins, torn }: LineFacts,
  entryJson: string,
): { readonly line: string; readonly hash: string } {
  let text = `{"seq":${seq},"time":"${time}","prev":"${prev}"`;
  if (begins !== undefined) text += `,"begins":"${begins}"`;
  if (torn !== undefined) text += `,"torn":{"octets":${torn.octets},"sha256":"${torn.sha256}"}`;
  if (entryJson !== "{}") text += "," + entryJson.slice(1, -1);
  const hash = createHash("sha256").update(`${text}}`).digest("hex");
  return { line: `${text},"hash":"${hash}"}\n`, hash };
}

const hashMemberLength = ',"hash":""}'.length + 64;
const front =
  /^\{"seq":([1-9]\d{0,15}),"time":"[^"\\]+","prev":"([0-9a-f]{64})"(?:,"begins":"(chain|file)")?(?:,"torn":\{"octets":([1-9]\d{0,15}),"sha256":"([0-9a-f]{64})"\})?[,}]/;
const longestFront = 400;

/** Reads a line, given without its line feed. Undefined if it is no line of a chain or its hash is not that of its octets. */
export function parseChainLine(octets: Buffer): ChainLine | undefined {
  const bodyLength = octets.length - hashMemberLength;
  if (bodyLength < 1) return undefined;
  const hash = createHash("sha256").update(octets.subarray(0, bodyLength)).update("}").digest("hex");
  if (octets.toString("latin1", bodyLength) !== `,"hash":"${hash}"}`) return undefined;
  const [start, seq, prev = "", begins, tornOctets, sha256] =
    front.exec(octets.toString("latin1", 0, longestFront)) ?? [];
  if (start === undefined) return undefined;
  return {
    seq: Number(seq),
    prev,
    hash,
    ...(begins !== undefined && { begins: begins === "chain" ? "chain" : "file" }),
    ...(sha256 !== undefined && { torn: { octets: Number(tornOctets), sha256 } }),
  };
}
