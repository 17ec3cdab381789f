/**
 * Which values a client meant. Clients write values back that they were shown, but some strip quotes (lego when it cleans
 * up) or quotes and backslashes (acme.sh): such a text is the value that looks the same once the marks are gone.
 */
import { plainValue } from "./model";
import { isRecordName } from "./read-request";

/** The plain values sent, or undefined if one of the texts is no value. `known`: texts that stand there or were shown. */
export function valuesMeant(type: string, sent: readonly string[], known: readonly string[]): Set<string> | undefined {
  const values = sent.map((text) => meant(type, text, known));
  return values.includes(undefined) ? undefined : new Set(values.filter((value) => value !== undefined));
}

function meant(type: string, text: string, known: readonly string[]): string | undefined {
  if (type === "CNAME" && !isRecordName(text.trim())) return undefined;
  if (type === "A" && !/^\d+\.\d+\.\d+\.\d+$/.test(text.trim())) return undefined;
  if (type !== "TXT" || known.includes(text)) return plainValue(type, text);
  const [alike, ...more] = new Set(
    known.filter((each) => [/"/g, /["\\]/g].some((marks) => each.replace(marks, "") === text)),
  );
  if (alike !== undefined && more.length === 0) return plainValue(type, alike);
  const isKnown = known.some((each) => plainValue(type, each) === plainValue(type, text));
  return isKnown || !losesText(text) ? plainValue(type, text) : undefined;
}

/** A semicolon or bracket outside quotes would be read as a comment or as a line that goes on. */
function losesText(text: string): boolean {
  return /[;()]/.test(text.replace(/\\.|"(\\.|[^"\\])*"/gs, ""));
}
