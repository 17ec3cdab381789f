import { sign } from "node:crypto";
import {
  bitString,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
  time,
} from "../../../platform/der";
import type { Intermediate } from "./issuing-hierarchy";
import { ecdsaWithSha256, extension } from "./x509-pieces";

export interface RevokedEntry {
  /** Hex of the DER INTEGER. */
  readonly serial: string;
  readonly at: Date;
  /** RFC 5280 5.3.1; 0 is told by no extension at all. */
  readonly reason: number;
}

/** A list is good for so long (Baseline Requirements 4.9.7: ten days at most). */
const lifetimeMs = 7 * 24 * 3600_000;

const enumeratedTag = 0x0a;

/** A list of revoked certificates, version 2 (RFC 5280 5.1), as DER. */
export function signRevocationList(
  entries: readonly RevokedEntry[],
  { name, key, authorityKeyId }: Intermediate,
  now: Date,
) {
  const revoked = entries.map(({ serial, at, reason }) =>
    sequence(integer(Buffer.from(serial, "hex")), time(at), ...(reason === 0 ? [] : [sequence(reasonCode(reason))])),
  );
  const toBeSigned = sequence(
    integer(Buffer.from([1])),
    ecdsaWithSha256,
    name,
    time(now),
    time(new Date(now.getTime() + lifetimeMs)),
    // absent where nothing is revoked (RFC 5280 5.1.2.6)
    ...(revoked.length === 0 ? [] : [sequence(...revoked)]),
    explicit(0, sequence(authorityKeyId, listNumber(now))),
  );
  return sequence(toBeSigned, ecdsaWithSha256, bitString(sign("sha256", toBeSigned, key)));
}

function reasonCode(reason: number): Buffer {
  return sequence(objectIdentifier("2.5.29.21"), octetString(tagged(enumeratedTag, Buffer.from([reason]))));
}

/** Grows from list to list (RFC 5280 5.2.3). */
function listNumber(now: Date): Buffer {
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64BE(BigInt(now.getTime()));
  const shortest = octets.subarray(octets.findIndex((octet) => octet !== 0));
  const positive = (shortest[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest;
  return extension("2.5.29.20", false, integer(positive));
}
