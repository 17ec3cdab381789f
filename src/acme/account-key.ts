import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";

/** A new account key, PKCS#8 PEM. P-256 signs as ES256, which every ACME server must accept (RFC 8555 6.2). */
export async function generateAccountKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return privateKey;
}
