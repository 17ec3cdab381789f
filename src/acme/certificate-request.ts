import { sign } from "node:crypto";
import type { DomainName } from "../certificates/domain-name";
import type { CertificateKey } from "./certificate-key";
import {
  bitString,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from "../platform/der";

const extensionRequest = objectIdentifier("1.2.840.113549.1.9.14");
const subjectAltName = objectIdentifier("2.5.29.17");
const ecdsaWithSha256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const ecdsaWithSha384 = sequence(objectIdentifier("1.2.840.10045.4.3.3"));
// RFC 4055 5: RSA signatures carry a NULL for parameters, ECDSA ones (RFC 5758 3.2) nothing.
const rsaWithSha256 = sequence(objectIdentifier("1.2.840.113549.1.1.11"), Buffer.of(0x05, 0x00));

/**
 * A certificate request (PKCS#10, RFC 2986) for these names, as DER, signed with their key. The names are DNS names of
 * the subjectAltName extension alone, with an empty subject (RFC 8555 7.4; common names are limited to 64 characters).
 */
export function createCertificateRequest(key: CertificateKey, names: readonly DomainName[]): Buffer {
  const dnsName = 2; // GeneralName, RFC 5280 4.2.1.6
  const altNames = sequence(...names.map((name) => implicit(dnsName, Buffer.from(name, "ascii"))));
  const extensions = sequence(sequence(subjectAltName, octetString(altNames)));
  const attributes = explicit(0, sequence(extensionRequest, setOf(extensions)));
  const publicKeyInfo = key.publicKey.export({ type: "spki", format: "der" });
  const info = sequence(integer(Buffer.of(0)), sequence(), publicKeyInfo, attributes);
  const { hash, algorithm } = signatureOf(key);
  const signature = key.use((privateKey) => sign(hash, info, privateKey));
  return sequence(info, algorithm, bitString(signature));
}

function signatureOf({ algorithm }: CertificateKey): { hash: string; algorithm: Buffer } {
  switch (algorithm) {
    case "EC_prime256v1":
      return { hash: "sha256", algorithm: ecdsaWithSha256 };
    case "EC_secp384r1":
      return { hash: "sha384", algorithm: ecdsaWithSha384 };
    case "RSA_2048":
    case "RSA_3072":
    case "RSA_4096":
      return { hash: "sha256", algorithm: rsaWithSha256 };
  }
}
