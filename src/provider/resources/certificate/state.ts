import type { CertificateInfo } from "../../../certificates/certificate-info";

/** The attributes that a certificate itself determines. */
export function chainFacts(leaf: CertificateInfo, chainText: string) {
  return {
    serial: leaf.serial,
    fingerprint: leaf.fingerprint,
    not_before: leaf.notBefore.toISOString(),
    not_after: leaf.notAfter.toISOString(),
    certificate_chain: chainText,
  };
}
