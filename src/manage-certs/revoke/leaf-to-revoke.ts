import { X509Certificate } from "node:crypto";
import type { CertificateInfo } from "../../certificates/certificate-info";
import { parseCertificate } from "../../certificates/parse-certificate";
import { keyFingerprintOf, nameOf } from "../scan/stored-chain";

/** A certificate as its CA knows it: what a revocation names is the leaf itself (RFC 8555 7.6). */
export interface LeafToRevoke {
  /** PEM. */
  readonly pem: string;
  /** PEM of what follows it; "" where nothing does. */
  readonly chainPem: string;
  readonly info: CertificateInfo;
  /** For people. */
  readonly issuerName: string;
  /** SHA-256 over the SubjectPublicKeyInfo, lower-case hex. */
  readonly keyFingerprint: string;
}

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Errors: `certificate_malformed`. */
export function readLeaf(certificatePem: string, chainPem: string): LeafToRevoke {
  const info = parseCertificate(certificatePem);
  return {
    ...{ pem: certificatePem, chainPem, info },
    issuerName: nameOf(info.issuer),
    keyFingerprint: keyFingerprintOf(certificatePem),
  };
}

/** PEM of the one that signed it. Undefined where the chain does not hold it. */
export function issuerOf({ pem, chainPem }: LeafToRevoke): string | undefined {
  const leaf = new X509Certificate(pem);
  return (chainPem.match(block) ?? []).find((each) => {
    const issuer = new X509Certificate(each);
    return leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey);
  });
}
