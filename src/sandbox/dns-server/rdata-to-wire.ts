import type { Answer } from "dns-packet";
import { parseCharacterStrings, txtText } from "../../dns/txt";

type Data = Omit<Answer, "name" | "ttl">;

/** Presentation rdata as dns-packet wants it; undefined for types the sandbox does not serve. */
export function rdataToWire(type: string, text: string): Data | undefined {
  const fields = text.trim().split(/\s+/);
  const field = (index: number) => fields[index] ?? "";
  const number = (index: number) => Number(field(index));
  switch (type) {
    case "A":
    case "AAAA":
      return { type, data: text.trim() } as Data;
    case "CNAME":
    case "NS":
    case "PTR":
    case "DNAME":
      return { type, data: withoutDot(field(0)) } as Data;
    case "TXT":
      return { type, data: parseCharacterStrings(text) } as Data;
    case "MX":
      return { type, data: { preference: number(0), exchange: withoutDot(field(1)) } } as Data;
    case "SRV":
      return {
        type,
        data: { priority: number(0), weight: number(1), port: number(2), target: withoutDot(field(3)) },
      } as Data;
    case "SOA":
      return { type, data: soaData(fields) } as Data;
    case "CAA":
      return {
        type,
        data: { flags: number(0), tag: field(1), value: txtText(text.replace(/^\s*\S+\s+\S+\s+/, "")) },
      } as Data;
    default:
      return undefined;
  }
}

function soaData(fields: readonly string[]) {
  const [serial, refresh, retry, expire, minimum] = fields.slice(2).map(Number);
  return {
    mname: withoutDot(fields[0] ?? ""),
    rname: withoutDot(fields[1] ?? ""),
    serial,
    refresh,
    retry,
    expire,
    minimum,
  };
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}
