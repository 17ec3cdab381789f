import { encodeTxt } from "../dns/txt";

/**
 * A value as Route 53 takes it: strings of up to 255 octets in quotes. Its escapes are octal, unlike those of RFC 1035
 * (Route 53 developer guide, "TXT record type", "Special characters").
 */
export function route53Text(value: string): string {
  return encodeTxt(value).replace(/\\(\d{3}|.)/g, (escape, code: string) =>
    code.length === 3 ? `\\${Number(code).toString(8).padStart(3, "0")}` : escape,
  );
}
