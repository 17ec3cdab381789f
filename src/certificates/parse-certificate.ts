/** Reads certificates. Everything else in this folder works on the `CertificateInfo` that comes out of here. */
import { X509Certificate } from "node:crypto";
import { childrenOf, readDer } from "../platform/der-reader";
import { AppError } from "../platform/errors";
import { certificateFields } from "./certificate-fields";
import type { CertificateInfo } from "./certificate-info";
import { parseDomainName, type DomainName } from "./domain-name";
import type { KeyAlgorithm } from "./key-algorithm";

/** Parses one PEM or DER certificate. Errors: `certificate_malformed`. */
export function parseCertificate(source: string | Uint8Array): CertificateInfo {
  try {
    return describe(new X509Certificate(source));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("certificate_malformed", "the text is not an X.509 certificate", { cause: error });
  }
}

function describe(x509: X509Certificate): CertificateInfo {
  const { serialNumber, extensions } = certificateFields(x509.raw);
  const keyUsage = extensions.get("2.5.29.15");
  const authorityKeyId = extensions.get("2.5.29.35");
  return {
    serial: serialNumber.toString("hex"),
    fingerprint: x509.fingerprint256.replaceAll(":", "").toLowerCase(),
    names: dnsNames(x509),
    issuer: x509.issuer,
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    keyAlgorithm: keyAlgorithmOf(x509),
    keyUsage: keyUsage && keyUsages(keyUsage),
    extendedKeyUsage: x509.keyUsage,
    authorityKeyId: authorityKeyId && keyIdentifier(authorityKeyId),
  };
}

/** RFC 5280 4.2.1.3, in the order of the bits. */
const usages = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

/** Of a BIT STRING, whose first octet counts unused bits. */
function keyUsages(extension: Buffer): string[] {
  const { content } = readDer(extension);
  return usages.filter((_, bit) => ((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/** RFC 5280 4.2.1.1: the identifier is the part with tag [0]. */
function keyIdentifier(extension: Buffer): string | undefined {
  return childrenOf(readDer(extension))
    .find(({ tag }) => tag === 0x80)
    ?.content.toString("hex");
}

function dnsNames(x509: X509Certificate): DomainName[] {
  return (x509.subjectAltName ?? "")
    .split(", ")
    .filter((entry) => entry.startsWith("DNS:"))
    .map((entry) => parseDomainName(entry.slice("DNS:".length)));
}

const curves: Readonly<Record<string, KeyAlgorithm>> = {
  prime256v1: "EC_prime256v1",
  secp384r1: "EC_secp384r1",
  secp521r1: "EC_secp521r1",
};

const rsaSizes: Readonly<Record<number, KeyAlgorithm>> = {
  1024: "RSA_1024",
  2048: "RSA_2048",
  3072: "RSA_3072",
  4096: "RSA_4096",
};

/** Errors: `certificate_malformed` for one that ACM does not take. */
export function keyAlgorithmOf(x509: X509Certificate): KeyAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = x509.publicKey;
  const found =
    type === "ec"
      ? curves[details?.namedCurve ?? ""]
      : type === "rsa"
        ? rsaSizes[details?.modulusLength ?? 0]
        : undefined;
  if (found) return found;
  throw new AppError(
    "certificate_malformed",
    `the certificate has a ${type ?? "nameless"} key that ACM does not take`,
    {
      hint: "use RSA with 1024 to 4096 bits, or a P-256, P-384 or P-521 key",
    },
  );
}
