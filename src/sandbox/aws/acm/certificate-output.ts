/** Certificates in the words of ACM's API. */
import type { CertificateInfo } from "../../../certificates/certificate-info";
import type { Output } from "../service";
import type { CertificateRecord, IndexedCertificate } from "./acm-state";
import { validationRecord } from "./certificate-request";
import type { ImportedMaterial } from "./imported-material";
import { statusOf, type Issuance } from "./issuance";

/** Names a listed certificate shows (ACM API reference, CertificateSummary). */
const listedNames = 100;

/** What ACM shows of the account and of the time beside the certificate itself. */
export interface OutputFacts {
  readonly accountId: string;
  readonly inUseBy: readonly string[];
  readonly now: Date;
  /** How long after the request the validation records are not shown yet. */
  readonly validationRecordLagMs: number;
}

export function summaryOutput({ record, material, importedAt }: IndexedCertificate, facts: OutputFacts): Output {
  const names = namesOf(record, material);
  return {
    CertificateArn: record.arn,
    ...commonOutput(record, material, facts),
    SubjectAlternativeNameSummaries: names.slice(0, listedNames),
    HasAdditionalSubjectAlternativeNames: names.length > listedNames,
    KeyUsages: material && keyUsages(material.info),
    ExtendedKeyUsages: material && extendedKeyUsages(material.info).map(({ Name }) => Name),
    InUse: facts.inUseBy.length > 0,
    CreatedAt: record.createdAt,
    IssuedAt: record.issuance?.issuedAt,
    ImportedAt: importedAt,
  };
}

export function detailOutput(record: CertificateRecord, facts: OutputFacts): Output {
  const { material, issuance } = record;
  return {
    CertificateArn: record.arn,
    ...commonOutput(record, material, facts),
    SubjectAlternativeNames: namesOf(record, material),
    ...(material && {
      Serial: material.info.serial.replace(/^00/, "").match(/../g)?.join(":"),
      Subject: material.subject.replaceAll("\n", ","),
      Issuer: issuance ? "Amazon" : material.info.issuer.replaceAll("\n", ","),
      KeyUsages: keyUsages(material.info).map((Name) => ({ Name })),
      ExtendedKeyUsages: extendedKeyUsages(material.info),
    }),
    CreatedAt: record.createdAt,
    ImportedAt: record.importedAt,
    InUseBy: facts.inUseBy,
    ...(issuance
      ? issuanceOutput(issuance, facts)
      : { Options: { CertificateTransparencyLoggingPreference: "DISABLED" } }),
  };
}

function issuanceOutput(issuance: Issuance, facts: OutputFacts): Output {
  const { request, issuedAt, failure, options, renewal, requestedAt } = issuance;
  const isShown = facts.now.getTime() - requestedAt.getTime() >= facts.validationRecordLagMs;
  const validations = (validated: ReadonlySet<string>) =>
    request.names.map((name) => {
      const { name: Name, value: Value } = validationRecord(facts.accountId, name);
      const pending = failure === undefined ? "PENDING_VALIDATION" : "FAILED";
      return {
        DomainName: name,
        ValidationDomain: name,
        ValidationMethod: "DNS",
        ValidationStatus: validated.has(name) ? "SUCCESS" : pending,
        ResourceRecord: isShown ? { Name, Type: "CNAME", Value } : undefined,
      };
    });
  return {
    IssuedAt: issuedAt,
    FailureReason: failure,
    SignatureAlgorithm: "SHA256WITHECDSA",
    DomainValidationOptions: validations(issuance.validated),
    Options: { CertificateTransparencyLoggingPreference: options.transparencyLogging, Export: options.export },
    RenewalSummary: renewal && {
      RenewalStatus: renewal.status,
      RenewalStatusReason: renewal.reason,
      DomainValidationOptions: validations(renewal.validated),
      UpdatedAt: renewal.updatedAt,
    },
  };
}

function commonOutput(
  record: CertificateRecord,
  material: ImportedMaterial | undefined,
  { inUseBy, now }: OutputFacts,
): Output {
  const { issuance } = record;
  const keyAlgorithm = issuance?.request.keyAlgorithm ?? material?.info.keyAlgorithm;
  const isOver = material !== undefined && material.info.notAfter < now;
  return {
    DomainName: namesOf(record, material)[0],
    Status: issuance ? statusOf(issuance, material?.info, now) : isOver ? "EXPIRED" : "ISSUED",
    Type: issuance ? "AMAZON_ISSUED" : "IMPORTED",
    // The live service answers RSA-2048 and EC-prime256v1, though requests spell RSA_2048 and EC_prime256v1.
    KeyAlgorithm: keyAlgorithm?.replace("_", "-"),
    NotBefore: material?.info.notBefore,
    NotAfter: material?.info.notAfter,
    // Only what is in use or exported is renewed (ACM user guide, "Managed renewal").
    RenewalEligibility: issuance && material && !isOver && inUseBy.length > 0 ? "ELIGIBLE" : "INELIGIBLE",
  };
}

function namesOf({ issuance }: CertificateRecord, material: ImportedMaterial | undefined): readonly string[] {
  return issuance?.request.names ?? material?.info.names ?? [];
}

function keyUsages(info: CertificateInfo): string[] {
  return info.keyUsage?.map((usage) => usage.replace(/[A-Z]/g, "_$&").toUpperCase()) ?? ["ANY"];
}

const extendedNames: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.3.1": "TLS_WEB_SERVER_AUTHENTICATION",
  "1.3.6.1.5.5.7.3.2": "TLS_WEB_CLIENT_AUTHENTICATION",
};

function extendedKeyUsages(info: CertificateInfo): { Name: string; OID?: string }[] {
  return info.extendedKeyUsage?.map((OID) => ({ Name: extendedNames[OID] ?? "CUSTOM", OID })) ?? [{ Name: "NONE" }];
}
