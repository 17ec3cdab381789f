import type { UnexpiredProvider } from "./bindings/unexpired-provider";
import type { IDnsZone } from "./dns-zone";
import type { TerraformProvider } from "./engine";
import type { CertificateTimeouts, RenewalPolicy } from "./managed-certificate";

/** What a certificate needs, whoever issues it; checked. */
export interface IssueRequest {
  readonly name: string;
  readonly domainNames: readonly string[];
  readonly zones: readonly IDnsZone[];
  readonly keyAlgorithm: string;
  readonly region?: string;
  readonly renewal?: RenewalPolicy;
  readonly tags?: Readonly<Record<string, string>>;
  readonly timeouts?: CertificateTimeouts;
  readonly provider?: UnexpiredProvider;
  readonly awsProvider?: TerraformProvider;
  readonly removeValidationRecords: boolean;
}

/** References are made when they are asked for: each one costs the engine a stack trace. */
export interface IssuedCertificate {
  /** Known once the certificate can be served. */
  certificateArn(): string;
  /** RFC 3339. */
  notBefore(): string;
  /** RFC 3339. */
  notAfter(): string;
  /** Undefined where ACM is the issuer: it does not tell. */
  readonly details?: CertificateDetails;
}

export interface CertificateDetails {
  /** Lower-case hex. */
  readonly serial: string;
  /** SHA-256 over the certificate, lower-case hex. */
  readonly fingerprint: string;
  /** When it is to be renewed, as known at the last apply; RFC 3339. */
  readonly renewAt: string;
  /** Why then. */
  readonly renewalReason: string;
  /** PEM, leaf first. */
  readonly certificateChain: string;
}
