/**
 * One text per value, so that values can be compared as strings. It is for comparing and for values of our own: text
 * that somebody else wrote is kept as it came, octet for octet.
 */
import { canonicalName } from "./record-set";
import { decodeTxt, encodeTxt } from "./txt";

/** Where domain names stand among the fields of a type's rdata (RFC 1035 3.3, RFC 2782, RFC 6672). */
const nameFields: Readonly<Record<string, readonly number[]>> = {
  CNAME: [0],
  DNAME: [0],
  NS: [0],
  PTR: [0],
  MX: [1],
  AFSDB: [1],
  SRV: [3],
  SOA: [0, 1],
};

/**
 * The canonical text of rdata: TXT quoted and split anew, names in lower case with a final dot, addresses in their
 * shortest form, blanks collapsed. Text that cannot be parsed is its own canonical form.
 */
export function canonicalRdata(type: string, text: string): string {
  switch (type) {
    case "TXT":
    case "SPF":
      return canonicalTxt(text);
    case "CAA":
      return canonicalCaa(text);
    case "A":
      return text.trim();
    case "AAAA":
      return canonicalIpv6(text.trim());
    default:
      return canonicalFields(text, nameFields[type] ?? []);
  }
}

/** Whether two texts are the same value of a record of this type. */
export function isSameValue(type: string, left: string, right: string): boolean {
  return left === right || canonicalRdata(type, left) === canonicalRdata(type, right);
}

function canonicalTxt(text: string): string {
  try {
    return encodeTxt(decodeTxt(text));
  } catch {
    return text;
  }
}

/** Tag without letter case, value always quoted (RFC 8659 4.1 and 4.1.1). */
function canonicalCaa(text: string): string {
  const parts = /^\s*(\d+)\s+(\S+)\s+(.+?)\s*$/s.exec(text);
  const [, flags, tag, value] = parts ?? [];
  if (flags === undefined || tag === undefined || value === undefined) return text;
  return `${Number(flags)} ${tag.toLowerCase()} ${canonicalTxt(value)}`;
}

/** RFC 5952, by way of the WHATWG URL host parser. */
function canonicalIpv6(text: string): string {
  try {
    return new URL(`http://[${text}]/`).hostname.slice(1, -1);
  } catch {
    return text;
  }
}

function canonicalFields(text: string, names: readonly number[]): string {
  const fields = text.trim().split(/\s+/);
  return fields.map((field, index) => (names.includes(index) ? `${canonicalName(field)}.` : field)).join(" ");
}
