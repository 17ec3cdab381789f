import { certId } from "../acme/renewal-info";
import type { CertificateInfo } from "../certificates/certificate-info";

/** By which the CA knows the certificate; undefined where it has no authority key identifier. */
export function certIdOf({ authorityKeyId, serial }: CertificateInfo): string | undefined {
  return authorityKeyId === undefined ? undefined : certId(authorityKeyId, serial);
}
