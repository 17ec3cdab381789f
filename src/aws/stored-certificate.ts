/** What ACM says about a certificate, in our words. */
import type { CertificateDetail, CertificateSummary as AcmSummary } from "@aws-sdk/client-acm";
import { keyAlgorithms, type KeyAlgorithm } from "../certificates/key-algorithm";
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
}

/** What DescribeCertificate tells. */
export interface CertificateDescription extends CertificateSummary {
  /** As in `CertificateInfo`: lower-case hex, a leading zero octet included. */
  readonly serial?: string;
  /** ARNs of the load balancers, distributions … that use it. */
  readonly inUseBy: readonly string[];
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
    inUse: inUseBy.length > 0,
    inUseBy,
  };
}

/** ACM writes `0a:1b:…`, Node `0A1B…`; DER has a zero octet in front where the first bit is set (X.690 8.3). */
export function normalSerial(text: string): string {
  const digits = text.replace(/[^0-9a-f]/gi, "").toLowerCase();
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const shortest = even.replace(/^(00)+(?=..)/, "");
  return /^[89a-f]/.test(shortest) ? `00${shortest}` : shortest;
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
  };
}

/** Requests spell `EC_prime256v1`; answers of the live service spell `EC-prime256v1` and `RSA-2048`. */
function toKeyAlgorithm(text: string | undefined): KeyAlgorithm | undefined {
  return keyAlgorithms.find((name) => name === text?.replace("-", "_"));
}

function presentOnly(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}
