/** Certificates in the words of ACM's API. */
import type { CertificateInfo } from "../../../certificates/certificate-info";
import type { Output } from "../service";
import type { CertificateRecord, IndexedCertificate } from "./acm-state";

/** Names a listed certificate shows (ACM API reference, CertificateSummary). */
const listedNames = 100;

export function summaryOutput(listed: IndexedCertificate, inUse: boolean, now: Date): Output {
  const { info } = listed.material;
  return {
    CertificateArn: listed.record.arn,
    ...commonOutput(info, now),
    SubjectAlternativeNameSummaries: info.names.slice(0, listedNames),
    HasAdditionalSubjectAlternativeNames: info.names.length > listedNames,
    KeyUsages: keyUsages(info),
    ExtendedKeyUsages: extendedKeyUsages(info).map(({ Name }) => Name),
    InUse: inUse,
    CreatedAt: listed.record.createdAt,
    ImportedAt: listed.importedAt,
  };
}

export function detailOutput(record: CertificateRecord, inUseBy: readonly string[], now: Date): Output {
  const { info, subject } = record.material;
  return {
    CertificateArn: record.arn,
    ...commonOutput(info, now),
    SubjectAlternativeNames: info.names,
    Serial: info.serial.replace(/^00/, "").match(/../g)?.join(":"),
    Subject: subject.replaceAll("\n", ","),
    Issuer: info.issuer.replaceAll("\n", ","),
    CreatedAt: record.createdAt,
    ImportedAt: record.importedAt,
    InUseBy: inUseBy,
    KeyUsages: keyUsages(info).map((Name) => ({ Name })),
    ExtendedKeyUsages: extendedKeyUsages(info),
    Options: { CertificateTransparencyLoggingPreference: "DISABLED" },
  };
}

function commonOutput(info: CertificateInfo, now: Date): Output {
  return {
    DomainName: info.names[0],
    Status: info.notAfter < now ? "EXPIRED" : "ISSUED",
    Type: "IMPORTED",
    // The live service answers RSA-2048 and EC-prime256v1, though requests spell RSA_2048 and EC_prime256v1.
    KeyAlgorithm: info.keyAlgorithm.replace("_", "-"),
    NotBefore: info.notBefore,
    NotAfter: info.notAfter,
    RenewalEligibility: "INELIGIBLE",
  };
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
