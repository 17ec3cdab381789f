/** The body of a POST or PUT on a record set, as Edge DNS reads it and keeps it. */
import { canonicalRdata } from "../../dns/canonical-rdata";
import { parseRecordName, parseRecordType } from "../../dns/record-name";
import { canonicalName, isWithinZone, type RecordSet } from "../../dns/record-set";
import { addValues } from "../../dns/record-set-algebra";
import { encodeTxt, maxCharacterString, parseCharacterStrings } from "../../dns/txt";
import { messageOf } from "../../platform/errors";
import { dnsProblem, type Reply } from "./reply";

export type ReadBody = { readonly set: RecordSet } | { readonly refusal: Reply };

interface Place {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

/** Name and type must be those of the path (Edge DNS API v2, "Update a record set"). */
export function readRecordSetBody(body: string, contentType: string | undefined, place: Place): ReadBody {
  if (!/^application\/json\b/i.test(contentType ?? "")) return { refusal: dnsProblem.unsupportedMediaType() };
  try {
    return { set: parse(JSON.parse(body), place) };
  } catch (error) {
    return { refusal: dnsProblem.badRequest(messageOf(error)) };
  }
}

function parse(body: unknown, place: Place): RecordSet {
  const { name, type, ttl, rdata } = Object(body) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || canonicalName(name) !== place.name)
    throw new Error("name must equal that of the path");
  if (typeof type !== "string" || type.toUpperCase() !== place.type)
    throw new Error("type must equal that of the path");
  if (!isWithinZone(place.name, place.zone)) throw new Error(`${place.name} is not in zone ${place.zone}`);
  if (!Array.isArray(rdata) || rdata.length === 0) throw new Error("rdata must be a list with at least one record");
  const recordType = parseRecordType(place.type);
  const records = rdata.map((text: unknown) => storedRdata(recordType, text));
  if (recordType === "CNAME" && records.length > 1) throw new Error("a CNAME has one target");
  const empty = { name: parseRecordName(place.name), type: recordType, ttlSeconds: readTtl(ttl), rdata: [] };
  return addValues(empty, records);
}

/** Posh-ACME sends the number as text and is served. */
function readTtl(ttl: unknown): number {
  const seconds = typeof ttl === "string" && /^\d+$/.test(ttl) ? Number(ttl) : ttl;
  if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 0 || seconds > 2 ** 31 - 1)
    throw new Error("ttl must be a number of seconds");
  return seconds;
}

/**
 * Text in quotes is kept as it came. Bare TXT text is read like a zone file: cut at a semicolon, split at blanks, and
 * quoted (terraform-provider-akamai issues 537 and 586). Names come back in lower case with a final dot.
 */
function storedRdata(type: string, text: unknown): string {
  if (typeof text !== "string") throw new Error("rdata must be texts");
  if (type !== "TXT") return canonicalRdata(type, text);
  const strings = parseCharacterStrings(text);
  if (strings.some((string) => string.length > maxCharacterString))
    throw new Error(`a character-string is longer than ${maxCharacterString} octets`);
  const isQuoted = /^\s*("([^"\\]|\\.)*"\s*)+$/s.test(text);
  return isQuoted ? text.trim() : strings.map((string) => encodeTxt(string)).join(" ");
}
