/** What ImportCertificate accepts (ACM user guide, "Prerequisites for importing"; ACM API reference, ImportCertificate). */
import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import type { CertificateInfo } from "../../../certificates/certificate-info";
import { parseCertificate } from "../../../certificates/parse-certificate";
import { AwsError } from "../aws-error";

/** A certificate as ACM holds it. The private key stays in memory, for the front ends. */
export interface ImportedMaterial {
  readonly certificatePem: string;
  /** Empty if none was given. */
  readonly chainPem: string;
  readonly privateKeyPem: string;
  readonly info: CertificateInfo;
  /** Empty where the subject is: newer CA profiles name the domains in the alternative names alone. */
  readonly subject: string;
}

export interface ImportBlobs {
  readonly certificate: Buffer;
  readonly chain: Buffer | undefined;
  readonly privateKey: Buffer;
}

const largest = { certificate: 32_768, chain: 2_097_152, privateKey: 5_120 } as const;

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

export function parseImportedMaterial(blobs: ImportBlobs, now: Date): ImportedMaterial {
  checkSize("certificate", blobs.certificate);
  checkSize("privateKey", blobs.privateKey);
  if (blobs.chain) checkSize("certificateChain", blobs.chain, largest.chain);
  const certificatePem = blobs.certificate.toString("latin1");
  const leaves = certificatePem.match(block) ?? [];
  if (leaves.length !== 1)
    throw refuse(
      leaves.length === 0
        ? "The certificate field does not hold a PEM certificate."
        : "The certificate field holds more than one certificate; the others belong into the chain.",
    );
  const x509 = readCertificate(certificatePem);
  const info = parseCertificate(certificatePem);
  const chainPem = blobs.chain?.toString("latin1") ?? "";
  if (chainPem !== "" && chainPem.match(block) === null)
    throw refuse("The certificate chain holds no PEM certificate.");
  if (!isChained(x509, chainPem)) throw refuse("Could not validate the certificate with the certificate chain.");
  const privateKeyPem = blobs.privateKey.toString("latin1");
  if (!x509.checkPrivateKey(readPrivateKey(privateKeyPem)))
    throw refuse("The private key does not match the public key of the certificate.");
  if (info.notBefore > now || info.notAfter < now)
    throw refuse("The certificate is not valid at this time: it must have begun and must not be over.");
  // Node leaves the property out for an empty subject, whatever its type says.
  const subject = (x509.subject as string | undefined) ?? "";
  if (!info.issuer) throw refuse("The issuer of the certificate is empty.");
  if (info.names.length === 0 && !subject.includes("CN=")) throw refuse("The certificate names no domain.");
  return { certificatePem, chainPem, privateKeyPem, info, subject };
}

function checkSize(name: string, blob: Buffer, limit = largest[name as keyof typeof largest]): void {
  if (blob.length === 0 || blob.length > limit)
    throw refuse(`Value at '${name}' failed to satisfy constraint: Member must have length between 1 and ${limit}`);
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw refuse("The certificate cannot be read.");
  }
}

/** A passphrase is refused, like everything that is not a private key in PEM. */
function readPrivateKey(pem: string): KeyObject {
  try {
    if (!pem.includes("ENCRYPTED")) return createPrivateKey(pem);
  } catch {
    // refused below, without a word about the content
  }
  throw refuse("The private key is not an unencrypted PEM private key.");
}

/** Whether each certificate has issued the one before it, starting at the leaf (ACM user guide, "Certificate chain"). */
export function isChained(leaf: X509Certificate, chainPem: string): boolean {
  const chain = (chainPem.match(block) ?? []).map(readCertificate);
  return [leaf, ...chain].every((certificate, index) => {
    const issuer = chain[index];
    return issuer === undefined || (certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
  });
}

function refuse(why: string): AwsError {
  return new AwsError("ValidationException", why);
}
