import { AppError } from "../platform/errors";
import { canonicalName } from "./record-set";

/** Types Edge DNS keeps (Edge DNS API v2, "record types"). */
const recordTypes = new Set(
  (
    "A AAAA AFSDB AKAMAICDN AKAMAITLC CAA CDNSKEY CDS CERT CNAME DNSKEY DS HINFO HTTPS LOC MX NAPTR NS NSEC3 " +
    "NSEC3PARAM PTR RP RRSIG SOA SPF SRV SSHFP SVCB TLSA TXT ZONEMD"
  ).split(" "),
);

/**
 * Parses the name of a record into its canonical form. Letters, digits, hyphen and underscore (RFC 8552) in labels of
 * 1 to 63, 253 in all; a literal `*` as the whole first label (RFC 4592). No escapes, no Unicode. Errors:
 * `invalid_argument`.
 */
export function parseRecordName(text: string): string {
  const refuse = (why: string) => new AppError("invalid_argument", `"${text}" is not a record name: ${why}`);
  const name = canonicalName(text);
  if (name === "") throw refuse("it is empty");
  if (name.length > 253) throw refuse("it is longer than 253 characters");
  name.split(".").forEach((label, index) => {
    if (label === "") throw refuse("it has an empty label");
    if (label.length > 63) throw refuse(`label "${label}" is longer than 63 characters`);
    if (label === "*" && index === 0) return;
    if (label.includes("*")) throw refuse("an asterisk must be the whole first label");
    if (!/^[a-z0-9_-]+$/.test(label))
      throw refuse(`label "${label}" has a character other than letters, digits, hyphen, underscore`);
  });
  return name;
}

/** Parses a record type into upper case. Errors: `invalid_argument`. */
export function parseRecordType(text: string): string {
  const type = text.toUpperCase();
  if (!recordTypes.has(type)) throw new AppError("invalid_argument", `"${text}" is not a record type of Edge DNS`);
  return type;
}
