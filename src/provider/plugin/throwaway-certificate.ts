/**
 * The certificate of one provider process. Written by hand because every certificate library costs more time to load
 * (100 ms) than the whole start of this process.
 */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
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
} from "../../platform/der";

export interface ThrowawayCertificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly privateKey: KeyObject;
}

const ecdsaWithSha256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const dayMs = 86_400_000;

/**
 * Self-signed, P-256, for `localhost`: the name that core verifies, whatever the socket is. Synchronous, since half a
 * millisecond is less than starting a worker thread takes, and nothing else is going on yet.
 */
export function createThrowawayCertificate(now: Date): ThrowawayCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(setOf(sequence(objectIdentifier("2.5.4.3"), utf8String("localhost"))));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and no leading zero byte
  const body = sequence(
    explicit(0, integer(Buffer.of(2))), // version 3
    integer(serial),
    ecdsaWithSha256,
    name,
    // a little in the past, for clocks that differ
    sequence(time(new Date(now.getTime() - dayMs)), time(new Date(now.getTime() + 30 * dayMs))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(...extensions())),
  );
  const der = sequence(body, ecdsaWithSha256, bitString(sign("sha256", body, privateKey)));
  const base64 = der.toString("base64").replace(/.{1,64}/g, "$&\n");
  return { der, pem: `-----BEGIN CERTIFICATE-----\n${base64}-----END CERTIFICATE-----\n`, privateKey };
}

/** RFC 5280, 4.2.1: key usage, extended key usage, subject alternative name. */
function extensions(): Buffer[] {
  const digitalSignature = bitString(Buffer.of(0x80), 7);
  const serverAuth = sequence(objectIdentifier("1.3.6.1.5.5.7.3.1"));
  const localhost = sequence(implicit(2, Buffer.from("localhost")));
  return [
    sequence(objectIdentifier("2.5.29.15"), booleanTrue, octetString(digitalSignature)),
    sequence(objectIdentifier("2.5.29.37"), octetString(serverAuth)),
    sequence(objectIdentifier("2.5.29.17"), octetString(localhost)),
  ];
}
