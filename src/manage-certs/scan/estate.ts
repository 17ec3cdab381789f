/**
 * What a scan found: certificates, where they are attached, what is served there, and what could not be looked at.
 * Types only; start reading in `scan-estate.ts`. Dates become ISO 8601 text in JSON, whose published form is
 * `docs/reference/schemas/scan.schema.json`.
 */
import type { RenewalDecision } from "../../certificates/decide-renewal";
import type { ErrorCode } from "../../platform/errors";
import type { KeyAlgorithm } from "../../certificates/key-algorithm";

export interface Estate {
  readonly scannedAt: Date;
  readonly certificates: readonly ScannedCertificate[];
  /** Everything that serves a certificate over TLS, whether or not its certificate was found. */
  readonly servingPoints: readonly ServingPoint[];
  readonly attachments: readonly Attachment[];
  /** Empty where no handshakes were asked for. */
  readonly observations: readonly WireObservation[];
  /** Quotas and how much of them is used. */
  readonly usage: readonly QuotaUsage[];
  /** What could not be looked at. The rest is as complete as if these were not there. */
  readonly failures: readonly ScanFailure[];
}

/** Where a certificate comes from: ACM issues, ACM's private CA, ACM's ACME endpoint, an import, or an upload to IAM. */
export type CertificateOrigin = "amazon-issued" | "private-ca" | "acme-endpoint" | "imported" | "iam";

/**
 * Who renews a certificate: ACM itself; Terraform, by its tags; manage-certs, by its tag; the ACME client that holds the
 * key of a certificate from ACM's ACME endpoint; or nobody that shows.
 */
export type RenewalOwner = "acm" | "terraform" | "unexpired" | "acme-client" | "nobody";

/** Whose a certificate is, by `owners` of the configuration; who renews it is another question. */
export interface Team {
  readonly name: string;
  /** As the configuration has it: an address, a channel. */
  readonly contact?: string;
}

export interface ScannedCertificate {
  /** Of ACM or IAM. */
  readonly arn: string;
  readonly accountId: string;
  /** "aws-global" for a server certificate of IAM, which has no region. */
  readonly region: string;
  readonly origin: CertificateOrigin;
  /** DNS names, the first being ACM's "domain name". Lower case. */
  readonly names: readonly string[];
  /** As the certificate or ACM writes it; undefined before a certificate is issued. */
  readonly issuer?: string;
  /** Undefined for a key that ACM does not import. */
  readonly keyAlgorithm?: KeyAlgorithm;
  /** As in `CertificateInfo`: lower-case hex, a leading zero octet included. */
  readonly serial?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** ACM's word: ISSUED, EXPIRED, PENDING_VALIDATION …; ISSUED or EXPIRED for IAM, by the clock. */
  readonly status: string;
  /** Of the last import or upload under this ARN. */
  readonly importedAt?: Date;
  /** ARNs of what uses it, as ACM says; the scan's own attachments for IAM, which says nothing. */
  readonly inUseBy: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly owner: RenewalOwner;
  /** Undefined where the configuration names nobody. */
  readonly team?: Team;
  /** Undefined where there are no dates yet. */
  readonly renewal?: RenewalDecision;
  /** The chain as stored, for imports and IAM. Undefined where it was not read. */
  readonly chain?: StoredChain;
  /** Of certificates that ACM validates by DNS; empty for others. */
  readonly validation: readonly ValidationRecord[];
  /** ACM's own renewal, where one is under way or was tried. */
  readonly acmRenewal?: AcmRenewal;
}

export interface StoredChain {
  /** Certificates after the leaf. */
  readonly intermediates: number;
  /** Why it does not lead from the leaf to a root or to what a root signed; undefined if it does. */
  readonly broken?: string;
  /** keyIdentifier of the leaf's authority key identifier, lower-case hex. */
  readonly authorityKeyId?: string;
  /** SHA-256 over the leaf's SubjectPublicKeyInfo, lower-case hex: certificates with the same have one key. */
  readonly keyFingerprint?: string;
}

export interface ValidationRecord {
  readonly domainName: string;
  /** PENDING_VALIDATION, SUCCESS or FAILED. */
  readonly status: string;
  readonly record?: { readonly name: string; readonly type: string; readonly value: string };
  /** What DNS says now; undefined where it was not asked. */
  readonly inDns?: "present" | "gone" | "different" | "unknown";
}

export interface AcmRenewal {
  readonly eligible: boolean;
  /** PENDING_AUTO_RENEWAL, PENDING_VALIDATION, SUCCESS or FAILED. */
  readonly status?: string;
  readonly reason?: string;
}

export type ServingPointKind =
  | "application-listener"
  | "network-listener"
  | "classic-listener"
  | "distribution"
  | "rest-domain-name"
  | "http-domain-name";

export interface ServingPoint {
  /** Unique in the estate: the listener's ARN, `ARN-OF-THE-LOAD-BALANCER:PORT` for a classic one, else the ARN. */
  readonly id: string;
  readonly kind: ServingPointKind;
  /** For people: `web:443`, `E2QWRUHAPOMQZL`, `api.example.gov`. */
  readonly name: string;
  /** Of the load balancer, the distribution or the domain name. */
  readonly arn: string;
  readonly accountId: string;
  /** "aws-global" for a distribution. */
  readonly region: string;
  /** The DNS name that AWS gave it: what is resolved to find its addresses. */
  readonly hostName: string;
  readonly port: number;
  /** A disabled distribution, which serves nothing. @default false */
  readonly disabled?: boolean;
  /** Inside a VPC by design, out of reach from elsewhere. @default false */
  readonly internal?: boolean;
  /** Names that clients are known to use: aliases of a distribution, a custom domain name. Empty for listeners. */
  readonly names: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface Attachment {
  readonly point: ServingPoint;
  readonly role: "default" | "sni";
  readonly certificateArn: string;
}

/** One handshake at one address. */
export interface WireObservation {
  readonly point: ServingPoint;
  readonly address: string;
  readonly port: number;
  /** The name that was sent; undefined where none was. */
  readonly serverName?: string;
  readonly outcome: WireOutcome;
}

export type WireOutcome =
  | {
      readonly state: "served";
      /** As it was sent, the leaf first. */
      readonly chain: readonly ServedCertificate[];
      /** Why a client would refuse it; undefined if it would not. Without a name, names are not compared. */
      readonly refusal?: string;
    }
  | { readonly state: "unreachable"; readonly why: string };

export interface ServedCertificate {
  /** As in `CertificateInfo`. */
  readonly serial: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notAfter: Date;
  /** DNS names; empty for certificates of CAs. */
  readonly names: readonly string[];
}

export interface QuotaUsage {
  readonly accountId: string;
  readonly region: string;
  /** What is counted: "certificates", or "SNI certificates" of the listener in `subject`. */
  readonly quota: "certificates" | "SNI certificates";
  /** The ARN of the listener; undefined for "certificates". */
  readonly subject?: string;
  readonly used: number;
  /** AWS's default; the account's own may be higher. */
  readonly limit: number;
}

export interface ScanFailure {
  /** Undefined where not even the account could be told. */
  readonly accountId?: string;
  /** Undefined where the failure is of the whole account. */
  readonly region?: string;
  /** IAM's prefix of what was asked: acm, elasticloadbalancing, cloudfront, apigateway, iam, tag, sts, account. */
  readonly service: string;
  readonly error: ScanError;
}

export interface ScanError {
  /** Of `docs/reference/errors.md`. */
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}
