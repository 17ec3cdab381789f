/** The flattened JWS of RFC 7515 7.2.2 as RFC 8555 6.2 narrows it. Strict: what a MUST forbids is refused. */
import { verify, type KeyObject } from "node:crypto";
import { problems } from "../problems";

export interface SignedMessage {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Buffer;
  readonly signature: Buffer;
  readonly signingInput: Buffer;
}

interface Algorithm {
  readonly hash: string;
  readonly type: string;
  readonly curve?: string;
}

const algorithms: ReadonlyMap<unknown, Algorithm> = new Map<string, Algorithm>([
  ["RS256", { hash: "sha256", type: "rsa" }],
  ["ES256", { hash: "sha256", type: "ec", curve: "prime256v1" }],
  ["ES384", { hash: "sha384", type: "ec", curve: "secp384r1" }],
]);

/** Parses without checking the signature. Throws malformed. */
export function parseSignedMessage(text: string): SignedMessage {
  const { protected: header, payload, signature, ...others } = parseJsonObject(text, "the request");
  if (typeof header !== "string" || typeof payload !== "string" || typeof signature !== "string")
    throw problems.malformed("the request is not a JWS in flattened JSON form");
  if (Object.keys(others).length > 0)
    throw problems.malformed(`the JWS has members that are not allowed: ${Object.keys(others).join(", ")}`);
  return {
    header: parseJsonObject(decode(header, "protected").toString("utf8"), "the protected header"),
    payload: decode(payload, "payload"),
    signature: decode(signature, "signature"),
    signingInput: Buffer.from(`${header}.${payload}`, "latin1"),
  };
}

/** Throws badSignatureAlgorithm, or malformed if the signature is not by this key. */
export function checkSignature(message: SignedMessage, key: KeyObject): void {
  const alg = String(message.header.alg);
  const algorithm = algorithms.get(alg);
  if (algorithm === undefined) throw problems.badSignatureAlgorithm(alg, [...algorithms.keys()].map(String));
  if (key.asymmetricKeyType !== algorithm.type || key.asymmetricKeyDetails?.namedCurve !== algorithm.curve)
    throw problems.malformed(`signature algorithm ${alg} does not belong to the key`);
  const good = verify(algorithm.hash, message.signingInput, { key, dsaEncoding: "ieee-p1363" }, message.signature);
  if (!good) throw problems.malformed("JWS verification error");
}

/** The payload as an object. Throws malformed, also for the empty payload of POST-as-GET. */
export function jsonPayload(message: SignedMessage): Readonly<Record<string, unknown>> {
  return parseJsonObject(message.payload.toString("utf8"), "the payload");
}

/** A member of a payload that must be a text. Throws malformed. */
export function textMember(payload: Readonly<Record<string, unknown>>, name: string): string {
  const value = payload[name];
  if (typeof value === "string") return value;
  throw problems.malformed(`the payload's ${name} is not a text`);
}

/** POST-as-GET (RFC 8555 6.3). */
export function isEmptyPayload(message: SignedMessage): boolean {
  return message.payload.length === 0;
}

export function parseJsonObject(text: string, what: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below: the reader of the problem needs no parser position.
  }
  throw problems.malformed(`${what} is not a JSON object`);
}

/** base64url without padding (RFC 7515 2). */
export function decode(text: string, what: string): Buffer {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw problems.malformed(`${what} is not base64url without padding`);
  return Buffer.from(text, "base64url");
}
