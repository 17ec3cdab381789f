import type { DomainName } from "./domain-name";
import type { KeyAlgorithm } from "./key-algorithm";

/** What we need to know of a leaf certificate. Made by `parseCertificate`. */
export interface CertificateInfo {
  /** Lower-case hex, two digits per octet of the DER INTEGER, a leading zero octet included. */
  readonly serial: string;
  /** SHA-256 over the DER, lower-case hex. */
  readonly fingerprint: string;
  /** DNS names of the subjectAltName extension, in its order. */
  readonly names: readonly DomainName[];
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Names as in RFC 5280 4.2.1.3: digitalSignature, keyEncipherment …; undefined if the extension is absent. */
  readonly keyUsage?: readonly string[];
  /** Object identifiers; undefined if the extension is absent. */
  readonly extendedKeyUsage?: readonly string[];
  /** keyIdentifier of the authority key identifier extension, lower-case hex. */
  readonly authorityKeyId?: string;
}
