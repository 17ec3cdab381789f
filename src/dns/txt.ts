/**
 * TXT rdata: presentation text ⇄ value. The value is the octets of all character-strings joined, which is what every
 * user of TXT records reads (RFC 7208 3.3, RFC 8555 8.4). Text that is not ours is never re-written: compare by value,
 * keep the text.
 */
import { AppError } from "../platform/errors";

/** Octets one character-string can hold (RFC 1035 3.3.14). */
export const maxCharacterString = 255;

/**
 * Splits presentation text into its character-strings: quoted or bare, separated by blanks, with `\X` and `\DDD`
 * escapes; a bare `;` begins a comment (RFC 1035 5.1). Text beyond ASCII counts as UTF-8. A string may be longer than
 * 255 octets here. Errors: `invalid_argument` for an open quote, a broken escape or no string at all.
 */
export function parseCharacterStrings(text: string): Buffer[] {
  // one character for each octet
  const octets = Buffer.from(text, "utf8").toString("latin1");
  const strings: Buffer[] = [];
  let at = 0;
  while (at < octets.length) {
    const char = octets.charAt(at);
    if (char === ";") break;
    if (blanks.includes(char)) at++;
    else {
      const quoted = char === '"';
      const { string, next } = readString(octets, quoted ? at + 1 : at, quoted, text);
      strings.push(string);
      at = next;
    }
  }
  if (strings.length === 0) throw malformed(text, "it holds no string", 'write an empty value as ""');
  return strings;
}

/** The value of TXT rdata. Errors: as `parseCharacterStrings`. */
export function decodeTxt(text: string): Buffer {
  return Buffer.concat(parseCharacterStrings(text));
}

/** The value of TXT rdata as UTF-8 text, for people and pattern checks; octets that are not UTF-8 become U+FFFD. */
export function txtText(text: string): string {
  return decodeTxt(text).toString("utf8");
}

/** The canonical text of a value: always quoted, split every 255 octets, everything but printable ASCII as `\DDD`. */
export function encodeTxt(value: string | Uint8Array): string {
  const octets = typeof value === "string" ? Buffer.from(value, "utf8") : Buffer.from(value);
  const strings: string[] = [];
  for (let at = 0; at === 0 || at < octets.length; at += maxCharacterString)
    strings.push(`"${escapeOctets(octets.subarray(at, at + maxCharacterString))}"`);
  return strings.join(" ");
}

const blanks = " \t\r\n";
const endsOfBare = `${blanks};"`;

function readString(octets: string, start: number, quoted: boolean, text: string): { string: Buffer; next: number } {
  const bytes: number[] = [];
  for (let at = start; at < octets.length;) {
    const char = octets.charAt(at);
    if (quoted ? char === '"' : endsOfBare.includes(char))
      return { string: Buffer.from(bytes), next: quoted ? at + 1 : at };
    if (char === "\\") {
      const escape = readEscape(octets, at + 1, text);
      bytes.push(escape.octet);
      at = escape.next;
    } else {
      bytes.push(octets.charCodeAt(at));
      at++;
    }
  }
  if (quoted) throw malformed(text, "a quote is not closed", "put the value between two double quotes");
  return { string: Buffer.from(bytes), next: octets.length };
}

function readEscape(octets: string, at: number, text: string): { octet: number; next: number } {
  if (at >= octets.length) throw malformed(text, "it ends in a backslash", "write a backslash as \\\\");
  const digits = octets.slice(at, at + 3);
  if (!/^\d/.test(digits)) return { octet: octets.charCodeAt(at), next: at + 1 };
  if (!/^\d{3}$/.test(digits) || Number(digits) > 255)
    throw malformed(text, "a numeric escape is not three digits up to 255", "write an octet as \\000 to \\255");
  return { octet: Number(digits), next: at + 3 };
}

function escapeOctets(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets) {
    const char = String.fromCharCode(octet);
    if (char === '"' || char === "\\") text += `\\${char}`;
    else if (octet >= 0x20 && octet <= 0x7e) text += char;
    else text += `\\${String(octet).padStart(3, "0")}`;
  }
  return text;
}

function malformed(text: string, why: string, hint: string): AppError {
  return new AppError("invalid_argument", `${JSON.stringify(text)} is not TXT data: ${why}`, { hint });
}
