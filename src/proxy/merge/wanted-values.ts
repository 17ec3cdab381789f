/**
 * From the rdata a client sent to the values it meant. What it read before and writes back is recognised, whatever it
 * did to quotes and escapes on the way, and keeps the text that stands upstream; what is new is written in one
 * canonical form. So nothing of a request's own spelling is ever sent on.
 */
import { isIPv4, isIPv6 } from "node:net";
import { canonicalRdata } from "../../dns/canonical-rdata";
import { parseRecordName } from "../../dns/record-name";
import { txtRecogniser } from "../../dns/txt-recogniser";
import { decodeTxt, encodeTxt } from "../../dns/txt";
import { AppError, messageOf } from "../../platform/errors";

/** `known`: texts upstream or shown to this client. Errors: `invalid_argument` for text that is no value of the type. */
export function wantedValues(type: string, sent: readonly string[], known: readonly string[]): string[] {
  const texts = [...new Set(known)];
  const whole = isText(type) ? rejoinSplitValues(sent, texts) : sent;
  const recognise = recogniser(type, texts);
  const values = new Map<string, string>();
  for (const text of whole) {
    const value = recognise(text) ?? newValue(type, text);
    const canonical = canonicalRdata(type, value);
    if (!values.has(canonical)) values.set(canonical, value);
  }
  return [...values.values()];
}

function isText(type: string): boolean {
  return type === "TXT" || type === "SPF";
}

function recogniser(type: string, known: readonly string[]): (text: string) => string | undefined {
  if (isText(type)) return txtRecogniser(known);
  const texts = new Set(known);
  const byValue = new Map([...known].reverse().map((text) => [canonicalRdata(type, text), text]));
  return (text) => (texts.has(text) ? text : byValue.get(canonicalRdata(type, text)));
}

/** acme.sh takes a value with commas for several values when it writes a set back; all pieces in a row are that value. */
function rejoinSplitValues(sent: readonly string[], known: readonly string[]): string[] {
  const rest = [...sent];
  const starts = new Set(sent.map((text) => text.trim()));
  for (const value of known) {
    const pieces = value
      .replace(/["\\]/g, "")
      .split(",")
      .map((piece) => piece.trim());
    if (pieces.length < 2 || !starts.has(pieces[0] ?? "")) continue;
    const start = rest.findIndex((_, at) => pieces.every((piece, index) => rest[at + index]?.trim() === piece));
    if (start >= 0) rest.splice(start, pieces.length, value);
  }
  return rest;
}

/** What a zone file would read as a comment, or as more than one line, must stand in quotes (RFC 1035 5.1). */
const bareSpecial = /[;()]/;
const quotedString = /"(?:[^"\\]|\\.)*"|\\./gs;

function newValue(type: string, text: string): string {
  const refuse = (why: string, hint?: string) =>
    new AppError("invalid_argument", `${JSON.stringify(text)} is not ${type} data: ${why}`, { hint });
  if (/\p{Cc}/u.test(text)) throw refuse("it has a control character", "write it as \\DDD");
  if (bareSpecial.test(text.replace(quotedString, "")))
    throw refuse("a semicolon or bracket outside quotes would be lost", "put the value between two double quotes");
  switch (type) {
    case "A":
      if (!isIPv4(text.trim())) throw refuse("it is not an IPv4 address");
      break;
    case "AAAA":
      if (!isIPv6(text.trim()) || text.includes("%")) throw refuse("it is not an IPv6 address");
      break;
    case "CNAME":
    case "DNAME":
    case "NS":
    case "PTR":
      try {
        parseRecordName(text.trim());
      } catch (error) {
        throw refuse(messageOf(error));
      }
      break;
    case "TXT":
    case "SPF":
      return encodeTxt(decodeTxt(text));
    default:
      if (text.trim() === "") throw refuse("it is empty");
  }
  return canonicalRdata(type, text);
}
