import { AppError } from "../platform/errors";
import { canonicalName } from "./record-set";

/** Types Edge DNS keeps (Edge DNS API v2, "record types"). */
const recordTypes = new Set(
  (
    "A AAAA AFSDB AKAMAICDN AKAMAITLC CAA CDNSKEY CDS CERT CNAME DNSKEY DS HINFO HTTPS LOC MX NAPTR NS NSEC3 " +
    "NSEC3PARAM PTR RP RRSIG SOA SPF SRV SSHFP SVCB TLSA TXT ZONEMD"
  ).split(" "),
);

/** One or more labels of what `parseRecordName` lets through. */
const labels = /^(?:\*|[a-z0-9_-]{1,63})(?:\.[a-z0-9_-]{1,63})*$/;

/**
 * Parses the name of a record into its canonical form. Letters, digits, hyphen and underscore (RFC 8552) in labels of
 * 1 to 63, 253 in all; a literal `*` as the whole first label (RFC 4592). No escapes, no Unicode. Errors:
 * `invalid_argument`.
 */
export function parseRecordName(text: string): string {
  const name = canonicalName(text);
  if (name.length <= 253 && labels.test(name)) return name;
  throw new AppError("invalid_argument", `"${text}" is not a record name: ${whyRefused(name)}`);
}

function whyRefused(name: string): string {
  if (name === "") return "it is empty";
  if (name.length > 253) return "it is longer than 253 characters";
  const parts = name.split(".");
  if (parts.includes("")) return "it has an empty label";
  const long = parts.find((label) => label.length > 63);
  if (long !== undefined) return `label "${long}" is longer than 63 characters`;
  if (parts.some((label, index) => label.includes("*") && (label !== "*" || index > 0)))
    return "an asterisk must be the whole first label";
  const strange = parts.find((label) => label !== "*" && !/^[a-z0-9_-]+$/.test(label));
  return `label "${strange}" has a character other than letters, digits, hyphen, underscore`;
}

/** Parses a record type into upper case. Errors: `invalid_argument`. */
export function parseRecordType(text: string): string {
  const type = text.toUpperCase();
  if (!recordTypes.has(type)) throw new AppError("invalid_argument", `"${text}" is not a record type of Edge DNS`);
  return type;
}
