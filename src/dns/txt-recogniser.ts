import { canonicalRdata } from "./canonical-rdata";

/**
 * Finds the known TXT text a client meant. Some clients write values back that they read before, but without the
 * quotes (lego when it cleans up) or without quotes and backslashes (acme.sh); sent on like that, a blank or a
 * semicolon would break the value. Gives the known text, octet for octet, or undefined for a value not known. Both may
 * be thousands, so the known ones are looked through once.
 */
export function txtRecogniser(known: readonly string[]): (text: string) => string | undefined {
  const texts = new Set(known);
  const byLook = new Map<string, string | undefined>();
  const byValue = new Map<string, string>();
  const withoutOuterQuotes = new Map<string, string>();
  for (const text of texts) {
    const unquoted = text.replaceAll('"', "");
    // what looks like two of them is neither
    for (const look of new Set([unquoted, unquoted.replaceAll("\\", "")]))
      byLook.set(look, byLook.has(look) ? undefined : text);
    setOnce(byValue, canonicalRdata("TXT", text), text);
    setOnce(withoutOuterQuotes, text.replace(/^"|"$/g, ""), text);
  }
  return (text) =>
    texts.has(text)
      ? text
      : (byLook.get(text) ?? byValue.get(canonicalRdata("TXT", text)) ?? withoutOuterQuotes.get(text));
}

function setOnce(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value);
}
