/** SearchCertificates: every certificate, unless a statement says which (ACM API reference). It hides none by default. */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, type Input } from "../input";
import { page } from "../page";
import type { CallContext, Operation, Output } from "../service";
import type { IndexedCertificate } from "./acm-state";
import {
  eligibility,
  exportOptionOf,
  extendedKeyUsages,
  issuedAtOf,
  keyAlgorithmOf,
  keyUsages,
  namesOf,
  outputFacts,
  statusAt,
} from "./certificate-output";
import { keyPairOriginOf, typeOf } from "./certificate-origin";
import { compileStatement } from "./search-statement";

/** Results of an answer: 100 unless another number is asked for, 500 at most (SearchCertificates, MaxResults). */
const sizes = { unasked: 100, largest: 500 } as const;

export interface SearchResult {
  readonly CertificateArn: string;
  readonly X509Attributes: Output;
  readonly CertificateMetadata: { readonly AcmCertificateMetadata: Output };
}

export const searchCertificates: Operation = {
  reads: true,
  run(input, context) {
    const { region, now, pageSize } = context;
    const matches = compileStatement(input.FilterStatement);
    const results = region.acm.indexed(now).map((entry) => resultOf(entry, context));
    const { items, next } = page(sorted(results.filter(matches), input), {
      token: optionalText(input, "NextToken"),
      size: pageSize(optionalNumber(input, "MaxResults") ?? sizes.unasked, sizes.largest),
      idOf: ({ CertificateArn }) => CertificateArn,
    });
    return { Results: items, NextToken: next };
  },
};

function resultOf(entry: IndexedCertificate, context: CallContext): SearchResult {
  const { record, material, importedAt } = entry;
  const facts = outputFacts(context, record.arn);
  return {
    CertificateArn: record.arn,
    X509Attributes: {
      KeyAlgorithm: keyAlgorithmOf(entry),
      SubjectAlternativeNames: namesOf(entry).map((DnsName) => ({ DnsName })),
      ...(material && {
        Issuer: distinguishedName(material.info.issuer),
        Subject: distinguishedName(material.subject),
        ExtendedKeyUsages: extendedKeyUsages(material.info).map(({ Name }) => Name),
        KeyUsages: keyUsages(material.info),
        SerialNumber: material.info.serial.replace(/^00/, "").match(/../g)?.join(":"),
        NotAfter: material.info.notAfter,
        NotBefore: material.info.notBefore,
      }),
    },
    CertificateMetadata: {
      AcmCertificateMetadata: {
        CreatedAt: record.createdAt,
        Exported: false,
        ImportedAt: importedAt,
        InUse: facts.inUseBy.length > 0,
        IssuedAt: issuedAtOf(record),
        RenewalEligibility: eligibility(entry, facts),
        Status: statusAt(entry, context.now),
        RenewalStatus: record.issuance?.renewal?.status,
        Type: typeOf(record),
        ExportOption: exportOptionOf(record),
        ValidationMethod: record.issuance && "DNS",
        CertificateKeyPairOrigin: keyPairOriginOf(record),
        AcmeEndpointArn: record.acme?.endpointArn,
        AcmeAccountId: record.acme?.accountId,
      },
    },
  };
}

const attributes: Readonly<Record<string, string>> = {
  CN: "CommonName",
  O: "Organization",
  OU: "OrganizationalUnit",
  C: "Country",
  ST: "State",
  L: "Locality",
};

/** From a line for each attribute, as `CN=…`. */
function distinguishedName(text: string): Output {
  const pairs = text.split("\n").map((line) => /^(\w+)=(.*)$/.exec(line));
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const name = attributes[pair?.[1] ?? ""];
      return name === undefined ? [] : [[name, pair?.[2]]];
    }),
  );
}

/** Fields that a search may be sorted by, as far as the sandbox has them. */
const sortable: Readonly<Record<string, (result: SearchResult) => unknown>> = {
  CREATED_AT: (result) => metadata(result).CreatedAt,
  NOT_AFTER: ({ X509Attributes }) => X509Attributes.NotAfter,
  NOT_BEFORE: ({ X509Attributes }) => X509Attributes.NotBefore,
  STATUS: (result) => metadata(result).Status,
  RENEWAL_STATUS: (result) => metadata(result).RenewalStatus,
  IN_USE: (result) => metadata(result).InUse,
  KEY_ALGORITHM: ({ X509Attributes }) => X509Attributes.KeyAlgorithm,
  TYPE: (result) => metadata(result).Type,
  CERTIFICATE_ARN: ({ CertificateArn }) => CertificateArn,
  IMPORTED_AT: (result) => metadata(result).ImportedAt,
};

function metadata({ CertificateMetadata }: SearchResult): Output {
  return CertificateMetadata.AcmCertificateMetadata;
}

function sorted(results: readonly SearchResult[], input: Input): readonly SearchResult[] {
  const by = optionalText(input, "SortBy");
  if (by === undefined) return results;
  const field = sortable[by];
  if (field === undefined) throw new AwsError("ValidationException", `the sandbox does not sort by ${by}`);
  const direction = optionalText(input, "SortOrder") === "DESCENDING" ? -1 : 1;
  const key = (result: SearchResult) => {
    const value = field(result);
    return value instanceof Date ? value.toISOString() : String(value);
  };
  return [...results].sort((one, other) => direction * key(one).localeCompare(key(other)));
}
