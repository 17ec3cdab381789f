/** Filter statements of SearchCertificates: filters joined by And, Or and Not (ACM API reference). */
import { AwsError } from "../aws-error";
import { optionalText, record, records, text, type Input } from "../input";
import type { Output } from "../service";
import type { SearchResult } from "./search-certificates";

type Test = (result: SearchResult) => boolean;

/** Statements of an And or Or. */
const mostStatements = 15;

const refuse = (why: string) => new AwsError("ValidationException", why);

/** Without a statement everything matches. Error: `ValidationException` for what is not exactly one member. */
export function compileStatement(statement: unknown): Test {
  if (statement === undefined) return () => true;
  const [kind, value] = onlyMember(statement, "FilterStatement");
  switch (kind) {
    case "And":
    case "Or": {
      const parts = records({ [kind]: value }, kind).map(compileStatement);
      if (parts.length < 1 || parts.length > mostStatements)
        throw refuse(`${kind}: between 1 and ${mostStatements} statements`);
      return (result) => (kind === "And" ? parts.every((part) => part(result)) : parts.some((part) => part(result)));
    }
    case "Not": {
      const part = compileStatement(value);
      return (result) => !part(result);
    }
    case "Filter":
      return compileFilter(value);
    default:
      throw refuse(`${kind} is not a filter statement`);
  }
}

function compileFilter(filter: unknown): Test {
  const [kind, value] = onlyMember(filter, "Filter");
  if (kind === "CertificateArn") return ({ CertificateArn }) => CertificateArn === value;
  if (kind === "X509AttributeFilter") return compileX509Filter(value);
  if (kind !== "AcmCertificateMetadataFilter") throw refuse(`${kind} is not a filter`);
  const [name, wanted] = onlyMember(value, kind);
  return ({ CertificateMetadata }) => CertificateMetadata.AcmCertificateMetadata[name] === wanted;
}

function compileX509Filter(filter: unknown): Test {
  const [name, wanted] = onlyMember(filter, "X509AttributeFilter");
  switch (name) {
    case "Subject": {
      const test = compileComparison(record(wanted as Input, "CommonName"));
      return ({ X509Attributes }) => test(optionalText(record(X509Attributes, "Subject"), "CommonName") ?? "");
    }
    case "SubjectAlternativeName": {
      const test = compileComparison(record(wanted as Input, "DnsName"));
      const names = (attributes: Output) => records(attributes, "SubjectAlternativeNames");
      return ({ X509Attributes }) => names(X509Attributes).some(({ DnsName }) => test(String(DnsName)));
    }
    case "ExtendedKeyUsage":
    case "KeyUsage":
      return ({ X509Attributes }) => {
        const values = X509Attributes[`${name}s`];
        return Array.isArray(values) && values.includes(wanted);
      };
    case "KeyAlgorithm":
    case "SerialNumber":
      return ({ X509Attributes }) => X509Attributes[name] === wanted;
    case "NotAfter":
    case "NotBefore":
      return ({ X509Attributes }) => isWithin(X509Attributes[name], wanted as Input);
    default:
      throw refuse(`${name} is not an attribute to filter by`);
  }
}

function compileComparison(filter: Input): (value: string) => boolean {
  const [wanted, operator] = [text(filter, "Value"), text(filter, "ComparisonOperator")];
  if (operator === "EQUALS") return (value) => value === wanted;
  if (operator === "CONTAINS") return (value) => value.includes(wanted);
  throw refuse(`${operator} is not a comparison operator`);
}

/** Both ends belong to the range; the wire has seconds since 1970. */
function isWithin(moment: unknown, { Start: start, End: end }: Input): boolean {
  if (!(moment instanceof Date)) return false;
  const seconds = moment.getTime() / 1000;
  return (start === undefined || seconds >= Number(start)) && (end === undefined || seconds <= Number(end));
}

/** A union has one member. */
function onlyMember(union: unknown, name: string): readonly [string, unknown] {
  const members = typeof union === "object" && union !== null ? Object.entries(union as Input) : [];
  const [only] = members;
  if (only === undefined || members.length > 1) throw refuse(`${name} must have exactly one member`);
  return only;
}
