/**
 * The oracle's own words. It shares no code with src/proxy and judges otherwise: a record set is a set of plain values,
 * a write is the pair of what stands before and what may stand after it, and every way to read the request that the
 * documents allow is tried (judge-write.ts). Its rules are those of docs/reference/akamai-dns-proxy.md, no more.
 */

export type Right = "read" | "create" | "update" | "delete";
export const rights: readonly Right[] = ["read", "create", "update", "delete"];

/** An entry under `grants:` as the file has it. */
export interface GrantEntry {
  readonly client: string;
  readonly zone: string;
  readonly allow?: "acme-challenge" | "acm-validation";
  readonly names: readonly string[];
  readonly types?: readonly string[];
  readonly actions?: readonly Right[];
  readonly values?: string;
  readonly ttlSeconds?: { readonly min?: number; readonly max?: number };
  readonly merge?: boolean;
}

/** A record set as it stands in the zone: texts octet for octet. */
export interface StandingSet {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly texts: readonly string[];
}

/** Standing sets by `name type`. */
export type ZoneState = Map<string, StandingSet>;

export const placeOf = (name: string, type: string): string => `${name} ${type}`;

/** A name as it counts: without letter case and final dot (RFC 4343). */
export function plainName(text: string): string {
  const lower = [...text].map((char) => (char >= "A" && char <= "Z" ? char.toLowerCase() : char)).join("");
  return lower.endsWith(".") ? lower.slice(0, -1) : lower;
}

/**
 * The value a text stands for: of TXT its octets, one character each, of a host name its plain form. Undefined if it
 * stands for none.
 */
export function plainValue(type: string, text: string): string | undefined {
  if (type === "TXT") return octetsOf(text);
  if (type === "CNAME") return plainName(text.trim());
  return text.trim();
}

/**
 * RFC 1035 5.1, as one expression over the UTF-8 octets: strings in quotes or bare, escapes `\DDD` and `\X`, and a
 * comment from a bare semicolon on.
 */
function octetsOf(text: string): string | undefined {
  let rest = Buffer.from(text, "utf8").toString("latin1");
  let value: string | undefined;
  while ((rest = rest.replace(/^[ \t\r\n]+/, "")) !== "" && !rest.startsWith(";")) {
    const [whole, quoted, bare] = /^"((?:\\.|[^"\\])*)"|^((?:\\.|[^"\\; \t\r\n])+)/s.exec(rest) ?? [];
    const string = unescaped(quoted ?? bare);
    if (whole === undefined || string === undefined) return undefined;
    value = (value ?? "") + string;
    rest = rest.slice(whole.length);
  }
  return value;
}

function unescaped(string: string | undefined): string | undefined {
  const marks = string?.match(/\\(\d{3}|\D)|\\\d{0,2}|[^\\]/gs) ?? (string === "" ? [] : undefined);
  if (marks === undefined) return undefined;
  const octets = marks.map((mark) => {
    if (!mark.startsWith("\\")) return mark;
    if (/^\\\d{3}$/.test(mark)) return Number(mark.slice(1)) < 256 ? String.fromCharCode(Number(mark.slice(1))) : "";
    return /^\\\D$/s.test(mark) ? mark.slice(1) : "";
  });
  return octets.includes("") ? undefined : octets.join("");
}
