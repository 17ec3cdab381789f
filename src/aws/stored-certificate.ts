/** What ACM says about a certificate, in our words. */
import type {
  CertificateDetail,
  CertificateSummary as AcmSummary,
  DomainValidation as AcmValidation,
  RenewalSummary,
} from "@aws-sdk/client-acm";
import { keyAlgorithms, type KeyAlgorithm } from "../certificates/key-algorithm";
import { normalSerial } from "../certificates/serial";
import { AppError } from "../platform/errors";

/** One entry of ListCertificates. */
export interface CertificateSummary {
  readonly arn: string;
  /** The first 100 names at most, as ACM lists no more. */
  readonly domainNames: readonly string[];
  /** Undefined for an algorithm that ACM does not import. */
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Of the last import under this ARN. */
  readonly importedAt?: Date;
  readonly inUse: boolean;
  /** IMPORTED, AMAZON_ISSUED or PRIVATE. */
  readonly type: string;
  /** ISSUED, EXPIRED, PENDING_VALIDATION … */
  readonly status: string;
  /** Who made the key: AWS_MANAGED, CUSTOMER_PROVIDED, or ACME for ACM's own ACME endpoint. */
  readonly keyPairOrigin?: string;
}

/** What DescribeCertificate tells. */
export interface CertificateDescription extends CertificateSummary {
  /** As in `CertificateInfo`: lower-case hex, a leading zero octet included. */
  readonly serial?: string;
  /** As the certificate has it; undefined before it is issued. */
  readonly issuer?: string;
  /** Of a certificate that ACM issues. @default none */
  readonly validations?: readonly DomainValidation[];
  /** ELIGIBLE or INELIGIBLE for ACM's own renewal. */
  readonly renewalEligibility?: string;
  /** ACM's own renewal, once there was one. */
  readonly renewal?: ManagedRenewal;
  /** ARNs of the load balancers, distributions … that use it. */
  readonly inUseBy: readonly string[];
}

export interface DomainValidation {
  readonly domainName: string;
  /** PENDING_VALIDATION, SUCCESS or FAILED. */
  readonly status: string;
  /** Undefined for some seconds after the request. */
  readonly record?: { readonly name: string; readonly type: string; readonly value: string };
}

export interface ManagedRenewal {
  /** PENDING_AUTO_RENEWAL, PENDING_VALIDATION, SUCCESS or FAILED. */
  readonly status: string;
  readonly reason?: string;
  readonly updatedAt?: Date;
  /** Of this renewal, whose domains may need to be validated anew. */
  readonly validations: readonly DomainValidation[];
}

export function toSummary(entry: AcmSummary): CertificateSummary {
  return {
    ...commonFacts(entry),
    domainNames: entry.SubjectAlternativeNameSummaries ?? presentOnly(entry.DomainName),
    inUse: entry.InUse ?? false,
  };
}

export function toDescription(detail: CertificateDetail): CertificateDescription {
  const inUseBy = detail.InUseBy ?? [];
  return {
    ...commonFacts(detail),
    domainNames: detail.SubjectAlternativeNames ?? presentOnly(detail.DomainName),
    serial: detail.Serial === undefined ? undefined : normalSerial(detail.Serial),
    issuer: detail.Issuer,
    validations: toValidations(detail.DomainValidationOptions),
    renewalEligibility: detail.RenewalEligibility,
    renewal: detail.RenewalSummary && toRenewal(detail.RenewalSummary),
    inUse: inUseBy.length > 0,
    inUseBy,
  };
}

export function toValidations(options: readonly AcmValidation[] = []): DomainValidation[] {
  return options.map(({ DomainName, ValidationStatus, ResourceRecord: record }) => ({
    domainName: DomainName ?? "",
    status: ValidationStatus ?? "",
    record: record && { name: record.Name ?? "", type: record.Type ?? "", value: record.Value ?? "" },
  }));
}

export function toRenewal(renewal: RenewalSummary): ManagedRenewal {
  return {
    status: renewal.RenewalStatus ?? "",
    reason: renewal.RenewalStatusReason,
    updatedAt: renewal.UpdatedAt,
    validations: toValidations(renewal.DomainValidationOptions),
  };
}

function commonFacts(from: AcmSummary | CertificateDetail) {
  if (from.CertificateArn === undefined)
    throw new AppError("aws_request", "ACM answered with a certificate that has no ARN");
  return {
    arn: from.CertificateArn,
    keyAlgorithm: toKeyAlgorithm(from.KeyAlgorithm),
    notBefore: from.NotBefore,
    notAfter: from.NotAfter,
    importedAt: from.ImportedAt,
    type: from.Type ?? "",
    status: from.Status ?? "",
    keyPairOrigin: from.CertificateKeyPairOrigin,
  };
}

/** Requests spell `EC_prime256v1`; answers of the live service spell `EC-prime256v1` and `RSA-2048`. */
function toKeyAlgorithm(text: string | undefined): KeyAlgorithm | undefined {
  return keyAlgorithms.find((name) => name === text?.replace("-", "_"));
}

function presentOnly(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}
