import { domainToASCII } from "node:url";
import { AppError } from "../platform/errors";

declare const brand: unique symbol;

/** A DNS name a certificate may hold: lower-case A-labels, no final dot, perhaps `*.` in front. Made by `parseDomainName`. */
export type DomainName = string & { readonly [brand]: "DomainName" };

/**
 * Parses what a person wrote: any letter case, a final dot and Unicode labels are accepted.
 * Rules: RFC 1035 2.3.4 (lengths), RFC 5890 (A-labels), CA/B Baseline Requirements 7.1.4.2.1 (no underscore, wildcard
 * as the whole left-most label only). Errors: `invalid_domain_name`.
 */
export function parseDomainName(text: string): DomainName {
  const refuse = (why: string, hint?: string) =>
    new AppError("invalid_domain_name", `"${text}" cannot stand in a certificate: ${why}`, {
      hint,
      facts: { name: text },
    });
  if (text !== text.trim() || text === "") throw refuse("it is empty or has blanks around it");
  const withoutDot = text.endsWith(".") ? text.slice(0, -1) : text;
  const wildcard = withoutDot.startsWith("*.");
  const host = wildcard ? withoutDot.slice(2) : withoutDot;
  if (host.includes("*")) throw refuse("a wildcard must be the whole first label", "write *.example.gov");
  if (/[/:@\s]/.test(host)) throw refuse("it is not a bare host name", "leave out scheme, port and path");
  const ascii = domainToASCII(host);
  if (ascii === "") throw refuse("it is not a valid internationalised name");
  if (/^[0-9.]+$/.test(ascii)) throw refuse("it is an IP address", "give a DNS name");
  const labels = ascii.split(".");
  if (labels.length < 2) throw refuse("it has a single label", "give the fully qualified name");
  for (const label of labels) {
    if (label.length === 0) throw refuse("it has an empty label");
    if (label.length > 63) throw refuse(`label "${label}" is longer than 63 characters`);
    if (!/^[a-z0-9-]+$/.test(label))
      throw refuse(`label "${label}" has a character other than letters, digits, hyphen`);
    if (label.startsWith("-") || label.endsWith("-")) throw refuse(`label "${label}" begins or ends with a hyphen`);
  }
  if (ascii.length > 253) throw refuse("it is longer than 253 characters");
  return (wildcard ? `*.${ascii}` : ascii) as DomainName;
}

export function isWildcard(name: DomainName): boolean {
  return name.startsWith("*.");
}

/** The name without a wildcard label: what an ACME authorization is for (RFC 8555 7.1.4). */
export function baseName(name: DomainName): DomainName {
  return (isWildcard(name) ? name.slice(2) : name) as DomainName;
}

/** Where the dns-01 TXT record of a name stands (RFC 8555 8.4). Apex and wildcard share it. */
export function challengeName(name: DomainName): string {
  return `_acme-challenge.${baseName(name)}`;
}

/** Whether a certificate that holds `pattern` is good for `host` (RFC 6125 6.4.3: a wildcard stands for one label). */
export function matchesHost(pattern: DomainName, host: DomainName): boolean {
  if (!isWildcard(pattern)) return pattern === host;
  const firstDot = host.indexOf(".");
  return !isWildcard(host) && firstDot > 0 && host.slice(firstDot + 1) === baseName(pattern);
}
