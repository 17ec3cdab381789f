/**
 * TXT text of Route 53 as a zone file has it: escapes of octets are octal in the one (Route 53 developer guide, "TXT
 * record type"), decimal in the other (RFC 1035 5.1).
 */
export function zoneFileText(value: string): string {
  return value.replace(/\\([0-7]{3}|.)/g, (escape, code: string) =>
    code.length === 3 ? `\\${String(parseInt(code, 8)).padStart(3, "0")}` : escape,
  );
}
