/** Requests and answers of Edge DNS v2 as values: each operation has a function that builds and one that reads. */
import { canonicalName, type RecordSet } from "../dns/record-set";
import { AppError } from "../platform/errors";
import type { HttpResponse } from "../platform/http";

/** A request before it is signed. `target` is path and query as sent. */
export interface EdgeDnsRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly target: string;
  readonly body?: string;
  /** For errors and logs. */
  readonly what: string;
}

export interface EdgeDnsZone {
  /** Canonical name. */
  readonly zone: string;
  /** PRIMARY, SECONDARY or ALIAS. */
  readonly type: string;
  /** ACTIVE, PENDING, NEW … */
  readonly activationState: string;
  readonly contractId: string;
  /** All that Edge DNS says of it. Its `tsigKey` holds a secret: never log or pass on the whole. */
  readonly document: Readonly<Record<string, unknown>>;
}

const base = "/config-dns/v2/zones";

export function zoneRequest(zone: string): EdgeDnsRequest {
  return { method: "GET", target: `${base}/${segment(zone)}`, what: `GET zone ${zone}` };
}

export function zonesRequest(page: number, pageSize: number): EdgeDnsRequest {
  return { method: "GET", target: `${base}?page=${page}&pageSize=${pageSize}`, what: `GET zones, page ${page}` };
}

export function recordSetsRequest(
  zone: string,
  types: readonly string[],
  page: number,
  pageSize: number,
): EdgeDnsRequest {
  const filter = types.length === 0 ? "" : `types=${types.map(segment).join(",")}&`;
  return {
    method: "GET",
    target: `${base}/${segment(zone)}/recordsets?${filter}page=${page}&pageSize=${pageSize}`,
    what: `GET record sets of ${zone}, page ${page}`,
  };
}

export function recordSetRequest(method: "GET" | "DELETE", zone: string, name: string, type: string): EdgeDnsRequest {
  const target = `${base}/${segment(zone)}/names/${segment(name)}/types/${segment(type)}`;
  return { method, target, what: `${method} ${name} ${type} in ${zone}` };
}

/** POST creates, PUT replaces the whole set. */
export function writeRecordSetRequest(method: "POST" | "PUT", zone: string, set: RecordSet): EdgeDnsRequest {
  const { target } = recordSetRequest("GET", zone, set.name, set.type);
  return { method, target, body: JSON.stringify(toJson(set)), what: `${method} ${set.name} ${set.type} in ${zone}` };
}

/** Creates all of them or, if any is there already, none (Edge DNS API v2, "Create record sets"). */
export function createRecordSetsRequest(zone: string, sets: readonly RecordSet[]): EdgeDnsRequest {
  return {
    method: "POST",
    target: `${base}/${segment(zone)}/recordsets`,
    body: JSON.stringify({ recordsets: sets.map(toJson) }),
    what: `POST ${sets.length} record sets in ${zone}`,
  };
}

/** Which name servers the zones of these contracts have. */
export function authoritiesRequest(contractIds: readonly string[]): EdgeDnsRequest {
  const target = `/config-dns/v2/data/authorities?contractIds=${contractIds.map(segment).join(",")}`;
  return { method: "GET", target, what: `GET authorities of ${contractIds.join(", ")}` };
}

function toJson({ name, type, ttlSeconds, rdata }: RecordSet) {
  return { name, type, ttl: ttlSeconds, rdata };
}

/** One page of a list. */
export interface Page<T> {
  readonly entries: readonly T[];
  /** Entries on all pages, if the answer says so. */
  readonly total?: number;
}

export function readZone(response: HttpResponse, what: string): EdgeDnsZone {
  return toZone(readObject(response, what), what);
}

export function readZones(response: HttpResponse, what: string): Page<EdgeDnsZone> {
  return readPage(response, what, "zones", toZone);
}

export function readRecordSet(response: HttpResponse, what: string): RecordSet {
  return toRecordSet(readObject(response, what), what);
}

export function readRecordSets(response: HttpResponse, what: string): Page<RecordSet> {
  return readPage(response, what, "recordsets", toRecordSet);
}

export interface ContractAuthorities {
  readonly contractId: string;
  readonly authorities: readonly string[];
}

export function readAuthorities(response: HttpResponse, what: string): ContractAuthorities[] {
  const { contracts } = readObject(response, what);
  if (!Array.isArray(contracts)) throw unreadable(what, 'no list "contracts"');
  return contracts.map((entry) => {
    const { contractId, authorities } = asObject(entry, what);
    if (typeof contractId !== "string" || !isTextList(authorities))
      throw unreadable(what, "a contract without contractId or authorities");
    return { contractId, authorities };
  });
}

type JsonObject = Readonly<Record<string, unknown>>;

function readObject(response: HttpResponse, what: string): JsonObject {
  let body: unknown;
  try {
    body = JSON.parse(response.body);
  } catch (error) {
    throw unreadable(what, "no JSON", error);
  }
  return asObject(body, what);
}

function readPage<T>(
  response: HttpResponse,
  what: string,
  key: string,
  read: (entry: JsonObject, what: string) => T,
): Page<T> {
  const body = readObject(response, what);
  const list = body[key];
  if (!Array.isArray(list)) throw unreadable(what, `no list "${key}"`);
  const total = body.metadata === undefined ? undefined : asObject(body.metadata, what).totalElements;
  return {
    entries: list.map((entry) => read(asObject(entry, what), what)),
    ...(typeof total === "number" ? { total } : {}),
  };
}

function asObject(value: unknown, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable(what, "no JSON object");
  return value as JsonObject;
}

function toZone(body: JsonObject, what: string): EdgeDnsZone {
  const text = (key: string) => (typeof body[key] === "string" ? body[key] : "");
  if (text("zone") === "") throw unreadable(what, "a zone without a name");
  return {
    zone: canonicalName(text("zone")),
    type: text("type").toUpperCase(),
    activationState: text("activationState"),
    contractId: text("contractId"),
    document: body,
  };
}

/** The text of rdata is kept as it came. */
function toRecordSet({ name, type, ttl, rdata }: JsonObject, what: string): RecordSet {
  if (typeof name !== "string" || typeof type !== "string" || typeof ttl !== "number" || !isTextList(rdata))
    throw unreadable(what, "a record set without name, type, ttl or rdata");
  return { name: canonicalName(name), type: type.toUpperCase(), ttlSeconds: ttl, rdata };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

/** A name or type as one path segment; the asterisk of a wildcard record stays, as Akamai's own clients send it. */
function segment(text: string): string {
  return encodeURIComponent(text.replace(/\.$/, ""));
}

function unreadable(what: string, why: string, cause?: unknown): AppError {
  return new AppError("edge_dns_problem", `Edge DNS answered ${what} with something unreadable: ${why}`, { cause });
}
