/** Reads a PKCS #10 request (RFC 2986) by hand: a schema-driven parser costs more than the rest of an issuance. */
import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { signatureHashes } from "../../../certificates/signature-hashes";
import { AcmeProblem, problems } from "../problems";
import { childrenOf, oidText, readDer, type DerElement } from "../../../platform/der-reader";

export interface SigningRequest {
  readonly publicKey: KeyObject;
  /** SubjectPublicKeyInfo as it stands in the request. */
  readonly subjectPublicKeyInfo: Buffer;
  /** Lower case. */
  readonly commonName?: string;
  /** DNS names of the subjectAltName extension, lower case. */
  readonly names: readonly string[];
}

const commonNameOid = "2.5.4.3";
const extensionRequestOid = "1.2.840.113549.1.9.14";
const subjectAltNameOid = "2.5.29.17";
const dnsNameTag = 0x82;

/** Parses a DER request and checks its signature. Throws the badCSR problem. */
export function parseSigningRequest(der: Buffer): SigningRequest {
  try {
    return read(der);
  } catch (error) {
    if (error instanceof AcmeProblem) throw error;
    throw problems.badCsr("the request is not a PKCS #10 certificate signing request");
  }
}

function read(der: Buffer): SigningRequest {
  const [info, algorithm, signature] = childrenOf(readDer(der));
  const [, subject, keyInfo, attributes] = childrenOf(required(info));
  const spki = required(keyInfo).whole;
  const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
  const hash = signatureHashes[oidText(required(childrenOf(required(algorithm))[0]))];
  if (hash === undefined) throw problems.badCsr("the request is signed with an algorithm that is not supported");
  const signatureBytes = required(signature).content.subarray(1);
  if (!verify(hash, required(info).whole, publicKey, signatureBytes))
    throw problems.badCsr("the signature of the request does not match its key");
  return {
    publicKey,
    subjectPublicKeyInfo: Buffer.from(spki),
    commonName: commonNameOf(required(subject)),
    names: attributes ? requestedNames(attributes) : [],
  };
}

function commonNameOf(subject: DerElement): string | undefined {
  for (const attribute of childrenOf(subject).flatMap(childrenOf)) {
    const [type, value] = childrenOf(attribute);
    if (type && value && oidText(type) === commonNameOid) return value.content.toString("utf8").toLowerCase();
  }
  return undefined;
}

function requestedNames(attributes: DerElement): string[] {
  const names: string[] = [];
  for (const attribute of childrenOf(attributes)) {
    const [type, values] = childrenOf(attribute);
    if (!type || !values || oidText(type) !== extensionRequestOid) continue;
    for (const extension of childrenOf(values).flatMap(childrenOf)) names.push(...alternativeNames(extension));
  }
  return names;
}

function alternativeNames(extension: DerElement): string[] {
  const parts = childrenOf(extension);
  const value = parts.at(-1);
  if (!parts[0] || !value || oidText(parts[0]) !== subjectAltNameOid) return [];
  return childrenOf(readDer(value.content)).map((name) => {
    if (name.tag !== dnsNameTag) throw problems.badCsr("the request holds names other than DNS names");
    return name.content.toString("latin1").toLowerCase();
  });
}

function required<T>(part: T | undefined): T {
  if (part === undefined) throw new RangeError("a part is missing");
  return part;
}
