/** What the values of a record set must look like (Route 53 developer guide, "Supported DNS record types"). */
import { isIPv4, isIPv6 } from "node:net";
import { parseCharacterStrings } from "../../../dns/txt";
import type { HostedRecordSet } from "./hosted-zone";
import { zoneFileText } from "./zone-file-text";

/** Types that a record set may hold (Route 53 API reference, ResourceRecordSet, Type). */
const types = "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" ");

/** Octets of one string of a TXT record; the longest value of all its strings (developer guide, "TXT record type"). */
const longestString = 255;
const longestText = 4000;

/** What is wrong, in Route 53's words; empty if nothing is. */
export function checkRecords({ name, type, ttlSeconds, values }: HostedRecordSet): readonly string[] {
  if (!types.includes(type)) return [`Invalid Resource Record: '${type}' is no type of record`];
  if (ttlSeconds === undefined || !(ttlSeconds >= 0 && ttlSeconds <= 2_147_483_647))
    return ["Invalid request: Missing field 'TTL' in Change"];
  if (values.length === 0) return ["Invalid request: Expected at least one of AliasTarget or ResourceRecords"];
  if (new Set(values).size < values.length)
    return [`Duplicate Resource Record: '${values.find((value, index) => values.indexOf(value) !== index) ?? ""}'`];
  if ((type === "CNAME" || type === "SOA") && values.length > 1)
    return [`Invalid Resource Record: '${name}' has more than one value of type ${type}`];
  return values.flatMap((value) => {
    const problem = problemOf(type, value);
    return problem === undefined
      ? []
      : [`Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`];
  });
}

function problemOf(type: string, value: string): string | undefined {
  switch (type) {
    case "A":
      return isIPv4(value) ? undefined : "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)";
    case "AAAA":
      return isIPv6(value) ? undefined : "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)";
    case "CNAME":
    case "NS":
    case "PTR":
      return /^(?:[^\s.]{1,63}\.)*[^\s.]{1,63}\.?$/.test(value)
        ? undefined
        : "DomainNameInvalid (Value is no domain name)";
    case "TXT":
    case "SPF":
      return problemOfText(value);
    default:
      return undefined;
  }
}

/** Strings in double quotes, with blanks between them; a quote or backslash inside is escaped. */
function problemOfText(value: string): string | undefined {
  if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/.test(value))
    return "InvalidCharacterString (Value should be enclosed in quotation marks)";
  const strings = parseCharacterStrings(zoneFileText(value));
  if (value.length > longestText || strings.some(({ length }) => length > longestString))
    return "CharacterStringTooLong (Value is too long)";
  return undefined;
}
