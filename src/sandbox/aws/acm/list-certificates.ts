/** ListCertificates, which hides most certificates unless it is asked for them (ACM API reference, Filters). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, record, texts, type Input } from "../input";
import { page } from "../page";
import type { Operation } from "../service";
import type { IndexedCertificate } from "./acm-state";
import {
  exportOptionOf,
  extendedKeyUsages,
  keyAlgorithmOf,
  keyUsages,
  namesOf,
  outputFacts,
  statusAt,
  summaryOutput,
} from "./certificate-output";
import { keyPairOriginOf } from "./certificate-origin";

/** Shown alone unless `Includes.keyTypes` names others; and of those, what names a domain. */
const keyTypesByDefault = ["RSA_1024", "RSA_2048"];

/** Shown alone unless `CertificateKeyPairOrigins` names others: what came through an ACME endpoint stays hidden. */
const originsByDefault = ["AWS_MANAGED", "CUSTOMER_PROVIDED"];

type Test = (entry: IndexedCertificate) => boolean;

export const listCertificates: Operation = {
  reads: true,
  run(input, context) {
    const { region, now, pageSize } = context;
    const tests = [byKeyType(input), byOrigin(input), byStatus(input, now), ...byUse(input)];
    const found = region.acm.indexed(now).filter((entry) => tests.every((test) => test(entry)));
    const { items, next } = page(sorted(found, input), {
      token: optionalText(input, "NextToken"),
      size: pageSize(optionalNumber(input, "MaxItems"), 1000),
      idOf: (entry) => entry.record.arn,
    });
    return {
      CertificateSummaryList: items.map((entry) => summaryOutput(entry, outputFacts(context, entry.record.arn))),
      NextToken: next,
    };
  },
};

function byKeyType(input: Input): Test {
  const asked = texts(record(input, "Includes"), "keyTypes");
  if (asked.length > 0) return (entry) => asked.includes(keyAlgorithmOf(entry) ?? "");
  return (entry) => keyTypesByDefault.includes(keyAlgorithmOf(entry) ?? "") && namesOf(entry).length > 0;
}

function byOrigin(input: Input): Test {
  const asked = texts(input, "CertificateKeyPairOrigins");
  if (input.CertificateKeyPairOrigins !== undefined && (asked.length < 1 || asked.length > 3))
    throw new AwsError("ValidationException", "CertificateKeyPairOrigins: between 1 and 3 of them");
  const origins = asked.length > 0 ? asked : originsByDefault;
  return (entry) => origins.includes(keyPairOriginOf(entry.record));
}

function byStatus(input: Input, now: Date): Test {
  const asked = texts(input, "CertificateStatuses");
  return (entry) => asked.length === 0 || asked.includes(statusAt(entry, now));
}

/** Each filter wants at least one of its values. */
function byUse(input: Input): readonly Test[] {
  const given = record(input, "Includes");
  const shares = (name: string, valuesOf: (entry: IndexedCertificate) => readonly string[]): Test => {
    const asked = texts(given, name);
    return (entry) => asked.length === 0 || valuesOf(entry).some((value) => asked.includes(value));
  };
  const exportOption = optionalText(given, "exportOption");
  return [
    shares("keyUsage", ({ material }) => (material ? keyUsages(material.info) : [])),
    shares("extendedKeyUsage", ({ material }) =>
      material ? extendedKeyUsages(material.info).map(({ Name }) => Name) : [],
    ),
    (entry) => exportOption === undefined || exportOptionOf(entry.record) === exportOption,
    // What CloudFront has ACM issue by itself, nothing in the sandbox does.
    () => given.managedBy === undefined,
  ];
}

function sorted(found: readonly IndexedCertificate[], input: Input): readonly IndexedCertificate[] {
  const [by, order] = [optionalText(input, "SortBy"), optionalText(input, "SortOrder")];
  if ((by === undefined) !== (order === undefined))
    throw new AwsError("ValidationException", "SortBy and SortOrder must be specified together");
  if (by === undefined) return found;
  const direction = order === "DESCENDING" ? -1 : 1;
  const createdAt = (entry: IndexedCertificate) => entry.record.createdAt.getTime();
  return [...found].sort((one, other) => direction * (createdAt(one) - createdAt(other)));
}
