/** Account keys and certificate keys in JWK form (RFC 7517, RFC 7518 6; RFC 8555 6.2). */
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { problems } from "../problems";
import type { AccountKey } from "../store/objects";

/** Members of the thumbprint in their order (RFC 7638 3.2). */
const members: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["EC", ["crv", "kty", "x", "y"]],
  ["RSA", ["e", "kty", "n"]],
]);

/** Parses the `jwk` of a header or an inner payload. Throws badPublicKey or malformed. */
export function parseJsonWebKey(value: unknown): AccountKey {
  if (typeof value !== "object" || value === null) throw problems.malformed("the header holds no jwk");
  const fields = value as Readonly<Record<string, unknown>>;
  const names = members.get(fields.kty);
  if (names === undefined) throw problems.badPublicKey(`key type ${String(fields.kty)} is not supported`);
  if ("d" in fields) throw problems.malformed("the jwk holds a private key");
  const jwk: Record<string, string> = {};
  for (const name of names) {
    const field = fields[name];
    if (typeof field !== "string") throw problems.malformed(`the jwk has no ${name}`);
    jwk[name] = field;
  }
  const key = publicKeyOf(jwk);
  checkKeyStrength(key, (detail) => problems.badPublicKey(detail));
  return { jwk, key, thumbprint: createHash("sha256").update(JSON.stringify(jwk)).digest("base64url") };
}

function publicKeyOf(jwk: Record<string, string>): KeyObject {
  try {
    return createPublicKey({ key: jwk as JsonWebKey, format: "jwk" });
  } catch (error) {
    throw Object.assign(problems.badPublicKey("the jwk is not a public key"), { cause: error });
  }
}

/** RSA of 2048, 3072 or 4096 bits, P-256, P-384 (Let's Encrypt documentation, integration guide). */
export function checkKeyStrength(key: KeyObject, refuse: (detail: string) => Error): void {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const good =
    key.asymmetricKeyType === "rsa"
      ? [2048, 3072, 4096].includes(modulusLength ?? 0)
      : key.asymmetricKeyType === "ec" && ["prime256v1", "secp384r1"].includes(namedCurve ?? "");
  if (!good) throw refuse("the key must be RSA with 2048, 3072 or 4096 bits, or ECDSA on P-256 or P-384");
}

/** SHA-256, hex: says whether two keys are the same. */
export function keyFingerprint(subjectPublicKeyInfo: Buffer): string {
  return createHash("sha256").update(subjectPublicKeyInfo).digest("hex");
}
