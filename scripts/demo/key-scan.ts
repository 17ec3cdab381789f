/** Looks for private keys where none may be: as PEM, base64 or hex of the DER, and as the private number of a JWK. */
import { createPrivateKey } from "node:crypto";
import { unzipSync } from "fflate";

export interface KeyHit {
  readonly place: string;
  readonly form: string;
}

/** A text that would give a key away, and what it is. */
interface Form {
  readonly form: string;
  readonly text: string;
}

/** Every form of a key that is searched for. Long enough that none is found by chance. */
export function formsOf(privateKeyPem: string): Form[] {
  const key = createPrivateKey(privateKeyPem);
  const pkcs8 = key.export({ type: "pkcs8", format: "der" });
  const jwk = key.export({ format: "jwk" });
  const number = Buffer.from(jwk.d ?? "", "base64url");
  return [
    { form: "base64 of the DER", text: pkcs8.toString("base64").replace(/=+$/, "") },
    { form: "hex of the DER", text: pkcs8.toString("hex") },
    { form: "JWK d", text: jwk.d ?? "" },
    // Also within other encodings of the same key (SEC 1, PKCS #1), whose DER holds the number as it is.
    { form: "hex of the private number", text: number.toString("hex") },
  ];
}

/**
 * Searches a file, or each file in it where it is a zip (a saved plan). White space and escaped line ends are dropped
 * first, so that a PEM block inside JSON is found as the base64 it is. Any PEM block that calls itself a private key counts.
 */
export function scanForKeys(place: string, content: Uint8Array, privateKeyPems: readonly string[]): KeyHit[] {
  if (isZip(content))
    return Object.entries(unzipSync(content)).flatMap(([name, entry]) =>
      scanForKeys(`${place}!${name}`, entry, privateKeyPems),
    );
  const text = Buffer.from(content).toString("latin1");
  const dense = text.replace(/\\[rn]|\s/g, "");
  const lower = dense.toLowerCase();
  const hits = privateKeyPems
    .flatMap(formsOf)
    .filter(({ form, text: wanted }) => (form.startsWith("hex") ? lower.includes(wanted) : dense.includes(wanted)))
    .map(({ form }) => ({ place, form }));
  return /-----BEGIN[A-Z ]*PRIVATE KEY-----/.test(text) ? [...hits, { place, form: "PEM" }] : hits;
}

function isZip(content: Uint8Array): boolean {
  return Buffer.from(content.subarray(0, 4)).equals(Buffer.from("PK\x03\x04", "latin1"));
}
