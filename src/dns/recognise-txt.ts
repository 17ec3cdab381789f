import { isSameValue } from "./canonical-rdata";

/**
 * Finds the known TXT text a client meant. Some clients write values back that they read before, but without the
 * quotes (lego when it cleans up) or without quotes and backslashes (acme.sh); sent on like that, a blank or a
 * semicolon would break the value. Returns the known text, octet for octet, or undefined for a value not known.
 */
export function recogniseTxt(text: string, known: readonly string[]): string | undefined {
  const stripped = known.filter((value) => {
    const unquoted = value.replaceAll('"', "");
    return text === unquoted || text === unquoted.replaceAll("\\", "");
  });
  return (
    known.find((value) => value === text) ??
    (stripped.length === 1 ? stripped[0] : undefined) ??
    known.find((value) => isSameValue("TXT", value, text))
  );
}
