/**
 * What a request is about, from its raw target. Only what is listed here exists; everything that is sent on is rebuilt
 * from these parts.
 */
import { parseRecordName, parseRecordType } from "../../dns/record-name";
import { AppError } from "../../platform/errors";
import { whyClosed } from "./closed-routes";

export interface RecordSetPath {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

export type Query = Readonly<Record<string, string>>;

export type Route =
  | { readonly operation: "list-zones"; readonly query: Query }
  | { readonly operation: "get-zone"; readonly zone: string }
  | { readonly operation: "list-record-sets"; readonly zone: string; readonly query: Query }
  | { readonly operation: "list-names"; readonly zone: string }
  | { readonly operation: "list-types"; readonly zone: string; readonly name: string }
  | { readonly operation: "create-record-sets" | "replace-record-sets"; readonly zone: string }
  | { readonly operation: "list-authorities"; readonly query: Query }
  | ({ readonly operation: "read-record-set" } & RecordSetPath)
  | ({ readonly operation: RecordSetWrite } & RecordSetPath)
  | { readonly operation: "allowed"; readonly query: Query }
  /** Not open through this proxy, whoever asks. */
  | { readonly operation: "closed"; readonly why: string };

export type RecordSetWrite = "create-record-set" | "replace-record-set" | "delete-record-set";

const recordSetOperations: Readonly<Record<string, "read-record-set" | RecordSetWrite>> = {
  GET: "read-record-set",
  POST: "create-record-set",
  PUT: "replace-record-set",
  DELETE: "delete-record-set",
};

const paging = ["page", "pageSize", "showAll", "search", "sortBy", "types"];

/** `target` is path and query as received. Errors: `invalid_argument` for what cannot be understood. */
export function parseRoute(method: string, target: string): Route {
  const [path = "", queryText, ...rest] = target.split("?");
  if (!path.startsWith("/") || target.includes("#")) throw invalid("the request target is not a path");
  const segments = path.slice(1).split("/").map(decodeSegment);
  const parameters = queryText === undefined ? {} : parseQuery([queryText, ...rest].join("?"));
  if (Object.keys(parameters).some((key) => key.toLowerCase() === "accountswitchkey"))
    return { operation: "closed", why: "accountSwitchKey is not accepted: this proxy serves one account" };
  const query = (known: readonly string[]) => requireKnown(parameters, known);
  const isValue = segments.map((_, index) => !isWord(segments, index));
  const template = segments.map((segment, index) => (isValue[index] === true ? "*" : segment)).join("/");
  const [zone = "", name = "", type = ""] = segments.filter((_, index) => isValue[index]);
  switch (`${method} ${template}`) {
    case "GET unexpired/v1/allowed":
      return { operation: "allowed", query: query(["zone", "name", "type", "action"]) };
    case "GET config-dns/v2/zones":
      return { operation: "list-zones", query: query([...paging, "contractIds"]) };
    case "GET config-dns/v2/zones/*":
      query([]);
      return { operation: "get-zone", zone: parseRecordName(zone) };
    case "GET config-dns/v2/zones/*/recordsets":
      return { operation: "list-record-sets", zone: parseRecordName(zone), query: query(paging) };
    case "POST config-dns/v2/zones/*/recordsets":
    case "PUT config-dns/v2/zones/*/recordsets":
      query([]);
      return {
        operation: method === "POST" ? "create-record-sets" : "replace-record-sets",
        zone: parseRecordName(zone),
      };
    case "GET config-dns/v2/data/authorities":
      return { operation: "list-authorities", query: query(["contractIds"]) };
    case "GET config-dns/v2/zones/*/names":
      query([]);
      return { operation: "list-names", zone: parseRecordName(zone) };
    case "GET config-dns/v2/zones/*/names/*/types":
      query([]);
      return { operation: "list-types", zone: parseRecordName(zone), name: parseRecordName(name) };
  }
  const operation = recordSetOperations[method];
  if (template === "config-dns/v2/zones/*/names/*/types/*" && operation !== undefined) {
    query([]);
    return { operation, zone: parseRecordName(zone), name: parseRecordName(name), type: parseRecordType(type) };
  }
  return { operation: "closed", why: whyClosed(method, template) };
}

/** What stands in the place of a zone and is none: requests about many zones. */
const notZones = /^((create|delete|convert)-requests|(dns-sec|zone-transfer)-status)$/;

/** In `config-dns/v2/zones/{zone}/names/{name}/types/{type}` the segments 3, 5 and 7 are values, whatever they say. */
function isWord(segments: readonly string[], index: number): boolean {
  if (segments[0] !== "config-dns" || segments[2] !== "zones" || index < 3 || index % 2 === 0) return true;
  return index === 3 && notZones.test(segments[3] ?? "");
}

/** Decodes once. What could mean another path to somebody else is refused (RFC 3986 6.2.2). */
function decodeSegment(raw: string): string {
  const segment = raw.includes("%") ? decodePercent(raw) : raw;
  if (segment === "" || segment === "." || segment === "..") throw invalid("the path has an empty or dotted segment");
  // all that can be seen of ASCII but # % / ? and the backslash
  if (!/^[!"$&-.0->@-[\]-~]+$/.test(segment))
    throw invalid("the path has a character that cannot be part of a DNS name");
  return segment;
}

function decodePercent(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw invalid("the path has a broken percent-encoding");
  }
}

function parseQuery(text: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(parameters, key)) throw invalid(`the query parameter ${key} is there twice`);
    parameters[key] = value;
  }
  return parameters;
}

function requireKnown(parameters: Query, known: readonly string[]): Query {
  const unknown = Object.keys(parameters).find((key) => !known.includes(key));
  if (unknown !== undefined) throw invalid(`unknown query parameter ${JSON.stringify(unknown)}`);
  return parameters;
}

function invalid(message: string): AppError {
  return new AppError("invalid_argument", message);
}
