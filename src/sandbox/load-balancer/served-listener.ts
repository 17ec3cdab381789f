import type { CertificateInfo } from "../../certificates/certificate-info";

/** A certificate with all that a TLS server needs of it. */
export interface ServedCertificate {
  readonly certificatePem: string;
  readonly chainPem: string;
  readonly privateKeyPem: string;
  readonly info: CertificateInfo;
}

/** What a TLS listener serves. */
export interface ServedListener {
  readonly defaultCertificate: ServedCertificate;
  /** In the order they were added. */
  readonly sniCertificates: readonly ServedCertificate[];
  /** What an HTTP client is told. @default 503, as a load balancer without targets does */
  readonly fixedResponse?: { readonly status: number; readonly contentType: string; readonly body: string };
}
