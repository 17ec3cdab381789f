/** What a stored certificate and its chain tell. Pure but for the public roots, which are read when first needed. */
import { createHash, X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import type { CertificateInfo } from "../../certificates/certificate-info";
import { parseCertificate } from "../../certificates/parse-certificate";
import type { StoredChain } from "./estate";

export interface StoredMaterial {
  readonly certificatePem: string;
  readonly chainPem: string;
}

export interface ReadMaterial {
  readonly leaf: CertificateInfo;
  readonly chain: StoredChain;
}

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Errors: `certificate_malformed`. */
export function readMaterial({ certificatePem, chainPem }: StoredMaterial): ReadMaterial {
  const leaf = parseCertificate(certificatePem);
  const links = [certificatePem, ...(chainPem.match(block) ?? [])].map((pem) => new X509Certificate(pem));
  const { authorityKeyId } = leaf;
  return {
    leaf,
    chain: {
      ...{ intermediates: links.length - 1, broken: whereBroken(links), authorityKeyId },
      keyFingerprint: keyFingerprintOf(certificatePem),
    },
  };
}

/** SHA-256 over the SubjectPublicKeyInfo of a certificate (PEM), lower-case hex. */
export function keyFingerprintOf(certificatePem: string): string {
  const key = new X509Certificate(certificatePem).publicKey.export({ format: "der", type: "spki" });
  return createHash("sha256").update(key).digest("hex");
}

/** A chain must lead link by link to a root, or to what a root signed (RFC 5246 7.4.2; the root itself may be left out). */
function whereBroken(links: readonly X509Certificate[]): string | undefined {
  for (const [index, link] of links.entries()) {
    const next = links[index + 1];
    if (next !== undefined && !isSignedBy(link, next))
      return `${nameOf(link.subject)} is not signed by the one after it, ${nameOf(next.subject)}`;
  }
  const [only] = links;
  if (links.length > 1 || only === undefined || isSignedBy(only, only) || isSignedByPublicRoot(only)) return undefined;
  return `the intermediate ${nameOf(only.issuer)} is missing`;
}

let publicRoots: Map<string, X509Certificate> | undefined;

function isSignedByPublicRoot(certificate: X509Certificate): boolean {
  publicRoots ??= new Map(rootCertificates.map((pem) => new X509Certificate(pem)).map((root) => [root.subject, root]));
  const root = publicRoots.get(certificate.issuer);
  return root !== undefined && isSignedBy(certificate, root);
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/**
 * The common name, else the whole name, of what node:crypto writes a line per attribute: `C=US\nO=…\nCN=…`. Of a leaf
 * that has names alone, and so no subject at all, node gives undefined.
 */
export function nameOf(distinguishedName: string | undefined): string {
  return /^CN=(.+)$/m.exec(distinguishedName ?? "")?.[1] ?? distinguishedName?.replaceAll("\n", ", ") ?? "the leaf";
}
