/** What a raw request asks for, by the documents alone: paths are decoded once, bodies are strict about what they say. */
import { plainName, type StandingSet } from "./model";

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly body: string;
}

export type Asked =
  /** `seemingZone`: what it seems to be about; who may not know that zone may be told so first. */
  | { readonly kind: "malformed"; readonly seemingZone?: string }
  | { readonly kind: "method" }
  | { readonly kind: "closed"; readonly zone?: string }
  | { readonly kind: "zones"; readonly query: URLSearchParams }
  | { readonly kind: "allowed"; readonly query: URLSearchParams }
  | { readonly kind: "zone" | "names"; readonly zone: string }
  | { readonly kind: "recordsets"; readonly zone: string; readonly query: URLSearchParams }
  | { readonly kind: "types"; readonly zone: string; readonly name: string }
  | { readonly kind: "set"; readonly zone: string; readonly name: string; readonly type: string };

const base = ["config-dns", "v2", "zones"];
/** In the place of a zone these are requests about many. */
const manyZones = ["create-requests", "delete-requests", "convert-requests", "dns-sec-status", "zone-transfer-status"];
const listParameters = ["page", "pageSize", "showAll", "search", "sortBy", "types"];

export function readTarget({ method, target }: RawRequest): Asked {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1));
  const steps = path.split("/").slice(1).map(decoded);
  const seemingZone = plainName(steps[3] ?? "");
  if (!["GET", "POST", "PUT", "DELETE"].includes(method)) return { kind: "method" };
  if (!path.startsWith("/") || steps.includes(undefined)) return { kind: "malformed", seemingZone };
  const words = steps.filter((step) => step !== undefined);
  const keys = [...query.keys()];
  if (new Set(keys).size < keys.length) return { kind: "malformed", seemingZone };
  if (keys.some((key) => key.toLowerCase() === "accountswitchkey")) return { kind: "closed" };
  const allows = (known: readonly string[]) => keys.every((key) => known.includes(key));
  if (words.join("/") === "unexpired/v1/allowed" && method === "GET")
    return allows(["zone", "name", "type", "action"]) ? { kind: "allowed", query } : { kind: "malformed" };
  const [zone, ...rest] = words.slice(3);
  if (!base.every((word, at) => words[at] === word) || manyZones.includes(zone ?? "")) return { kind: "closed" };
  if (zone === undefined) {
    if (method !== "GET") return { kind: "closed" };
    return allows([...listParameters, "contractIds"]) ? { kind: "zones", query } : { kind: "malformed" };
  }
  const asked = inZone(method, plainName(zone), rest, query, allows);
  const names = "name" in asked ? [zone, rest[1] ?? ""] : [zone];
  const isFine = asked.kind === "closed" || names.every(isRecordName);
  return isFine && asked.kind !== "malformed" ? asked : { kind: "malformed", seemingZone };
}

function inZone(
  method: string,
  zone: string,
  rest: readonly string[],
  query: URLSearchParams,
  allows: (known: readonly string[]) => boolean,
): Asked {
  const [one, two = "", three, four = ""] = rest;
  const isRead = method === "GET";
  if (isRead && rest.length === 1 && one === "recordsets")
    return allows(listParameters) ? { kind: "recordsets", zone, query } : { kind: "malformed" };
  const isBare = allows([]);
  if (isRead && rest.length === 0) return isBare ? { kind: "zone", zone } : { kind: "malformed" };
  if (isRead && rest.length === 1 && one === "names") return isBare ? { kind: "names", zone } : { kind: "malformed" };
  if (one !== "names" || three !== "types" || rest.length > 4) return { kind: "closed", zone };
  const name = plainName(two);
  if (rest.length === 3 && isRead) return isBare ? { kind: "types", zone, name } : { kind: "malformed" };
  if (rest.length < 4) return { kind: "closed", zone };
  return isBare && /^[A-Za-z0-9]+$/.test(four)
    ? { kind: "set", zone, name, type: four.toUpperCase() }
    : { kind: "malformed" };
}

/** A segment decoded once, or undefined where it must not be decoded or is nothing. */
function decoded(segment: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(segment)) return undefined;
  const text = segment.replace(/%(..)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return text === "" || text === "." || text === ".." || /[^!-~]|[/\\%?#]/.test(text) ? undefined : text;
}

export function isRecordName(text: string): boolean {
  const labels = plainName(text).split(".");
  return (
    labels.join(".").length <= 253 &&
    labels.every((label, at) => label.length < 64 && (/^[a-z0-9_-]+$/.test(label) || (label === "*" && at === 0)))
  );
}

/** The set a body speaks of, or undefined for a body that is refused. */
export function readBody(text: string, place: { readonly name: string; readonly type: string }) {
  const body = strictObject(text);
  if (body === undefined) return undefined;
  const { name, type, ttl, rdata } = body;
  const seconds = typeof ttl === "string" && /^[0-9]+$/.test(ttl) ? parseInt(ttl, 10) : ttl;
  if (typeof name !== "string" || plainName(name) !== place.name) return undefined;
  if (typeof type !== "string" || type.toUpperCase() !== place.type) return undefined;
  if (typeof seconds !== "number" || seconds % 1 !== 0 || seconds < 0 || seconds >= 2 ** 31) return undefined;
  if (!Array.isArray(rdata) || rdata.length === 0) return undefined;
  const texts = rdata.filter((each) => typeof each === "string");
  if (texts.length < rdata.length) return undefined;
  return { ...place, ttl: seconds, texts } satisfies StandingSet;
}

/** One JSON object in which no key stands twice: what JSON.parse made of it has as many keys as the text. */
function strictObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return keysIn(text) === keysIn(JSON.stringify(value)) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function keysIn(json: string): number {
  return [...json.matchAll(/"(?:\\.|[^"\\])*"(\s*:)?/gs)].filter(([, colon]) => colon !== undefined).length;
}
