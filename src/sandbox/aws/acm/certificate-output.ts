/** Certificates in the words of ACM's API. */
import type { CertificateInfo } from "../../../certificates/certificate-info";
import type { CallContext, Output } from "../service";
import type { CertificateRecord, IndexedCertificate } from "./acm-state";
import { keyPairOriginOf, typeOf } from "./certificate-origin";
import { validationRecord } from "./certificate-request";
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

export function outputFacts({ region, accountId, now }: CallContext, arn: string): OutputFacts {
  const { validationRecordLagMs } = region.account.faults;
  return { accountId, inUseBy: region.acm.usersOf(arn, now), now, validationRecordLagMs };
}

export function summaryOutput(entry: IndexedCertificate, facts: OutputFacts): Output {
  const { record, material, importedAt } = entry;
  const names = namesOf(entry);
  return {
    CertificateArn: record.arn,
    ...commonOutput(entry, facts),
    SubjectAlternativeNameSummaries: names.slice(0, listedNames),
    HasAdditionalSubjectAlternativeNames: names.length > listedNames,
    KeyUsages: material && keyUsages(material.info),
    ExtendedKeyUsages: material && extendedKeyUsages(material.info).map(({ Name }) => Name),
    ExportOption: exportOptionOf(record),
    InUse: facts.inUseBy.length > 0,
    CreatedAt: record.createdAt,
    IssuedAt: issuedAtOf(record),
    ImportedAt: importedAt,
  };
}

export function detailOutput(record: CertificateRecord, facts: OutputFacts): Output {
  const { material, issuance } = record;
  return {
    CertificateArn: record.arn,
    ...commonOutput({ record, material }, facts),
    SubjectAlternativeNames: namesOf({ record, material }),
    ...(material && {
      Serial: material.info.serial.replace(/^00/, "").match(/../g)?.join(":"),
      Subject: material.subject.replaceAll("\n", ","),
      Issuer: issuance ? "Amazon" : material.info.issuer.replaceAll("\n", ","),
      KeyUsages: keyUsages(material.info).map((Name) => ({ Name })),
      ExtendedKeyUsages: extendedKeyUsages(material.info),
    }),
    CreatedAt: record.createdAt,
    ImportedAt: record.importedAt,
    IssuedAt: issuedAtOf(record),
    InUseBy: facts.inUseBy,
    CertificateAuthorityArn: record.privateAuthorityArn,
    AcmeEndpointArn: record.acme?.endpointArn,
    AcmeAccountId: record.acme?.accountId,
    ...(issuance
      ? issuanceOutput(issuance, facts)
      : { Options: { CertificateTransparencyLoggingPreference: "DISABLED" } }),
  };
}

function issuanceOutput(issuance: Issuance, facts: OutputFacts): Output {
  const { request, failure, options, renewal, requestedAt } = issuance;
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

/** A certificate with its content as it is, or as an index shows it. */
type Shown = Pick<IndexedCertificate, "record" | "material">;

function commonOutput(shown: Shown, facts: OutputFacts): Output {
  const { record, material } = shown;
  return {
    DomainName: namesOf(shown)[0],
    Status: statusAt(shown, facts.now),
    Type: typeOf(record),
    CertificateKeyPairOrigin: keyPairOriginOf(record),
    // The live service answers RSA-2048 and EC-prime256v1, though requests spell RSA_2048 and EC_prime256v1.
    KeyAlgorithm: keyAlgorithmOf(shown)?.replace("_", "-"),
    NotBefore: material?.info.notBefore,
    NotAfter: material?.info.notAfter,
    RenewalEligibility: eligibility(shown, facts),
  };
}

/** Only what ACM has the key of and what is in use or exported is renewed (ACM user guide, "Managed renewal"). */
export function eligibility(shown: Shown, { inUseBy, now }: OutputFacts): "ELIGIBLE" | "INELIGIBLE" {
  const isIssued = keyPairOriginOf(shown.record) === "AWS_MANAGED" && statusAt(shown, now) === "ISSUED";
  return isIssued && inUseBy.length > 0 ? "ELIGIBLE" : "INELIGIBLE";
}

export function statusAt({ record: { issuance }, material }: Shown, now: Date): string {
  if (issuance) return statusOf(issuance, material?.info, now);
  return material !== undefined && material.info.notAfter < now ? "EXPIRED" : "ISSUED";
}

export function keyAlgorithmOf({ record: { issuance }, material }: Shown): string | undefined {
  return issuance?.request.keyAlgorithm ?? material?.info.keyAlgorithm;
}

export function namesOf({ record: { issuance }, material }: Shown): readonly string[] {
  return issuance?.request.names ?? material?.info.names ?? [];
}

/** Only of certificates that ACM has validated, and there DISABLED unless something else was asked for. */
export function exportOptionOf({ issuance }: CertificateRecord): string | undefined {
  return issuance?.options.export;
}

/** Not of imports (ACM API reference, CertificateDetail). */
export function issuedAtOf(record: CertificateRecord): Date | undefined {
  if (record.issuance) return record.issuance.issuedAt;
  return typeOf(record) === "IMPORTED" ? undefined : record.createdAt;
}

export function keyUsages(info: CertificateInfo): string[] {
  return info.keyUsage?.map((usage) => usage.replace(/[A-Z]/g, "_$&").toUpperCase()) ?? ["ANY"];
}

const extendedNames: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.3.1": "TLS_WEB_SERVER_AUTHENTICATION",
  "1.3.6.1.5.5.7.3.2": "TLS_WEB_CLIENT_AUTHENTICATION",
};

export function extendedKeyUsages(info: CertificateInfo): { Name: string; OID?: string }[] {
  return info.extendedKeyUsage?.map((OID) => ({ Name: extendedNames[OID] ?? "CUSTOM", OID })) ?? [{ Name: "NONE" }];
}
