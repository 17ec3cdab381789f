/** The pieces of certificates (RFC 5280 4.1 and 4.2), as DER. */
import { createHash, sign, type KeyObject } from "node:crypto";
import {
  bitString,
  booleanTrue,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  utf8String,
} from "../../../platform/der";
import { childrenOf, readDer } from "../../../platform/der-reader";

export const ecdsaWithSha256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));

export function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  return sequence(objectIdentifier(oid), ...(critical ? [booleanTrue] : []), octetString(value));
}

export const extensions = {
  notCa: extension("2.5.29.19", true, sequence()),
  ca: extension("2.5.29.19", true, sequence(booleanTrue)),
  /** May issue leaf certificates only. */
  intermediateCa: extension("2.5.29.19", true, sequence(booleanTrue, integer(Buffer.from([0])))),
  digitalSignature: extension("2.5.29.15", true, bitString(Buffer.from([0x80]), 7)),
  digitalSignatureAndKeyEncipherment: extension("2.5.29.15", true, bitString(Buffer.from([0xa0]), 5)),
  signsCertificatesAndLists: extension("2.5.29.15", true, bitString(Buffer.from([0x86]), 1)),
  serverAuth: extension("2.5.29.37", false, sequence(objectIdentifier("1.3.6.1.5.5.7.3.1"))),
  /** CA/B Baseline Requirements 7.1.6.1: control over the name was proved, nothing else. */
  domainValidated: extension("2.5.29.32", false, sequence(sequence(objectIdentifier("2.23.140.1.2.1")))),
  subjectKeyId: (id: Buffer) => extension("2.5.29.14", false, octetString(id)),
  authorityKeyId: (id: Buffer) => extension("2.5.29.35", false, sequence(implicit(0, id))),
  /** Where the CA publishes what is revoked (RFC 5280 4.2.1.13): plain HTTP, by Baseline Requirements 7.1.2.11.2. */
  revocationList: (url: string) =>
    extension(
      "2.5.29.31",
      false,
      sequence(sequence(explicit(0, explicit(0, implicit(6, Buffer.from(url, "latin1")))))),
    ),
  /** Critical when the subject is empty (RFC 5280 4.2.1.6). */
  subjectAltName: (names: readonly string[], critical: boolean) =>
    extension("2.5.29.17", critical, sequence(...names.map((name) => implicit(2, Buffer.from(name, "latin1"))))),
};

/** A distinguished name of one common name, or the empty one. */
export function subjectName(commonName?: string, organization?: string): Buffer {
  const part = (oid: string, value: string | undefined) =>
    value === undefined ? [] : [setOf(sequence(objectIdentifier(oid), utf8String(value)))];
  return sequence(...part("2.5.4.10", organization), ...part("2.5.4.3", commonName));
}

/** Method 1 of RFC 5280 4.2.1.2: SHA-1 over the key's bits. */
export function keyIdentifier(subjectPublicKeyInfo: Buffer): Buffer {
  const bits = childrenOf(readDer(subjectPublicKeyInfo))[1];
  if (bits === undefined) throw new RangeError("the public key is malformed");
  return createHash("sha1").update(bits.content.subarray(1)).digest();
}

export interface CertificatePieces {
  /** Content of the INTEGER: positive, with its leading zero octet where the first bit is set. */
  readonly serial: Buffer;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectPublicKeyInfo: Buffer;
  readonly extensions: readonly Buffer[];
}

/** Joins and signs with a P-256 key. */
export function signCertificate(pieces: CertificatePieces, signingKey: KeyObject): Buffer {
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(pieces.serial),
    ecdsaWithSha256,
    pieces.issuer,
    sequence(time(pieces.notBefore), time(pieces.notAfter)),
    pieces.subject,
    pieces.subjectPublicKeyInfo,
    explicit(3, sequence(...pieces.extensions)),
  );
  return sequence(toBeSigned, ecdsaWithSha256, bitString(sign("sha256", toBeSigned, signingKey)));
}

export function certificatePem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
