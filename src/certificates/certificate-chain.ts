/** A leaf with the intermediates that lead to a root, as CAs deliver it and ACM takes it. */
import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { AppError } from "../platform/errors";
import type { CertificateInfo } from "./certificate-info";
import { matchesHost, type DomainName } from "./domain-name";
import { parseCertificate } from "./parse-certificate";

export interface CertificateChain {
  readonly leaf: CertificateInfo;
  readonly leafPem: string;
  /** The intermediates, next to the leaf first; the root is not in it. */
  readonly intermediatesPem: readonly string[];
}

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * Splits a PEM chain (RFC 8555 9.1: leaf first, each certificate certified by the one after it) and checks that each
 * link is signed by the next. Errors: `certificate_malformed`.
 */
export function parseCertificateChain(pem: string): CertificateChain {
  const blocks = pem.match(block) ?? [];
  const [leafPem, ...intermediatesPem] = blocks.map((each) => each.trim() + "\n");
  if (leafPem === undefined) throw new AppError("certificate_malformed", "the chain holds no PEM certificate");
  const leaf = parseCertificate(leafPem);
  const parsed = [leafPem, ...intermediatesPem].map((each) => new X509Certificate(each));
  parsed.forEach((certificate, index) => {
    const issuer = parsed[index + 1];
    if (issuer && !(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)))
      throw new AppError(
        "certificate_malformed",
        `certificate ${index + 1} of the chain (${certificate.subject}) is not signed by the one after it (${issuer.subject})`,
        { hint: "the chain must be complete and in order, leaf first" },
      );
  });
  return { leaf, leafPem, intermediatesPem };
}

export function chainPem(chain: CertificateChain): string {
  return [chain.leafPem, ...chain.intermediatesPem].join("");
}

export interface IssuedCheck {
  readonly names: readonly DomainName[];
  /** The key the order was made with; PEM PKCS#8 or a key object. */
  readonly privateKey: string | KeyObject;
  readonly now: Date;
}

/**
 * Everything that can be wrong with a certificate a CA delivered, checked before it goes anywhere: an import under the
 * same ARN cannot be taken back. Errors: `certificate_mismatch`.
 */
export function checkIssued(chain: CertificateChain, { names, privateKey, now }: IssuedCheck): void {
  const refuse = (why: string) =>
    new AppError("certificate_mismatch", `the CA delivered a certificate that cannot be used: ${why}`, {
      hint: "nothing was changed; try again, and tell the CA if it happens again",
      facts: { serial: chain.leaf.serial },
    });
  const key = typeof privateKey === "string" ? createPrivateKey(privateKey) : privateKey;
  if (!new X509Certificate(chain.leafPem).checkPrivateKey(key)) throw refuse("its public key is not ours");
  const uncovered = names.filter((name) => !chain.leaf.names.some((held) => held === name || matchesHost(held, name)));
  if (uncovered.length > 0) throw refuse(`it does not hold ${uncovered.join(", ")}`);
  if (chain.leaf.notAfter <= now) throw refuse(`it ended on ${chain.leaf.notAfter.toISOString()}`);
  if (chain.leaf.notBefore > now)
    throw refuse(`it begins only on ${chain.leaf.notBefore.toISOString()} by this machine's clock`);
  if (chain.intermediatesPem.length === 0) throw refuse("the chain has no intermediate");
}
