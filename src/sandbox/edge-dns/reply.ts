/** What Edge DNS answers, before it is put on the wire: one constructor per success and per problem. */
import { randomUUID } from "node:crypto";
import type { RecordSet } from "../../dns/record-set";

export interface Reply {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const problemBase = "https://problems.luna.akamaiapis.net";

export function problem(status: number, type: string, title: string, detail: string, more: object = {}): Reply {
  const requestId = randomUUID();
  return {
    status,
    headers: { "content-type": "application/problem+json" },
    body: {
      type: type === "" ? "" : problemBase + type,
      title,
      status,
      detail,
      instance: requestId,
      requestId,
      ...more,
    },
  };
}

/** Problem documents of the authentication layer, with texts seen live (public issues of Akamai's clients). */
export const authentication = {
  badTimestamp: () => problem(400, "/-/pep-authn/request-error", "Bad request", "Invalid timestamp"),
  badHeader: () => problem(400, "/-/pep-authn/request-error", "Bad request", "Invalid authorization header"),
  badSignature: () => problem(401, "/-/pep-authn/deny", "Not authorized", "The signature does not match"),
  noGrant: () =>
    problem(403, "/-/pep-authz/deny", "Forbidden", "The client does not have the grant needed for the request"),
};

/**
 * Problem documents of the DNS service (Edge DNS API v2, "Errors", and public issues: terraform-provider-akamai 647 for
 * `forbidden`, 537 and 586 for TXT). The type `badRequest` is a guess: Akamai's own names for these are not documented.
 */
export const dnsProblem = {
  badRequest: (detail: string) => problem(400, "/authoritative-dns/badRequest", "Bad Request", detail),
  cnameCollision: (name: string) =>
    problem(
      400,
      "/authoritative-dns/cnameCollision",
      "Invalid rdata - CNAME collision",
      `${name} has a CNAME and other records`,
    ),
  invalidZone: (zone: string, why: string) => dnsProblem.badRequest(`Zone "${zone}" validation failed: [${why}]`),
  forbidden: () =>
    problem(403, "/authoritative-dns/forbidden", "Forbidden", "You don't have permission to access that resource."),
  zoneNotFound: (zone: string) =>
    problem(404, "/authoritative-dns/notFound", "Not Found", `Unable to find zone '${zone}'`),
  recordSetNotFound: (name: string, type: string) =>
    problem(404, "/authoritative-dns/notFound", "Not Found", `Unable to find record set '${name}' of type '${type}'`),
  recordSetAbsent: (name: string, type: string) =>
    problem(400, "/authoritative-dns/badRequest", "Bad Request", `Record set ${name} ${type} does not exist`),
  illegalMethod: (method: string) =>
    problem(405, "/authoritative-dns/illegalMethod", "Illegal Method", `Request method '${method}' is not supported`),
  unsupportedMediaType: () =>
    problem(
      415,
      "/authoritative-dns/unsupportedMediaType",
      "Unsupported Media Type",
      "Content-Type must be application/json",
    ),
  duplicateRecordSet: (name: string, type: string) =>
    problem(
      409,
      "/authoritative-dns/duplicateRecordSet",
      "Duplicate Record Set",
      `Record set ${name} ${type} already exists`,
    ),
  concurrentZoneModification: (zone: string) =>
    problem(
      409,
      "/authoritative-dns/concurrentZoneModification",
      "Concurrent Zone Modification",
      `Zone ${zone} is being modified by another request, try your request again`,
    ),
  serverError: () =>
    problem(500, "/authoritative-dns/serverError", "Server Error", "An unexpected error happened", {
      problemId: randomUUID(),
    }),
};

/** As other Akamai APIs do it; the body of Edge DNS's own 429 is not known. */
export function tooManyRequests(next: Date): Reply {
  const refused = problem(429, "", "Too Many Requests", "Request rate exceeded");
  const limits = { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "0", "x-ratelimit-next": next.toISOString() };
  return { ...refused, headers: { ...refused.headers, ...limits } };
}

/** As Edge DNS writes it: no final dot on the name. */
export function recordSetJson(set: RecordSet): Readonly<Record<string, unknown>> {
  return { name: set.name, type: set.type, ttl: set.ttlSeconds, rdata: set.rdata };
}
