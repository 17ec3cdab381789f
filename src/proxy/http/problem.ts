/**
 * Every refusal is a problem document in Akamai's own words, because its clients look at status, type and detail.
 * One function per problem, so that each has one status and one type.
 */
import type { AuthenticationRefusal } from "../identity/authenticate";

export interface Reply {
  readonly status: number;
  /** Sent as JSON. Left out where the status has no body. */
  readonly body?: unknown;
  /** Sent as plain text, in place of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem before it knows the request it answers. */
export interface Problem {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const root = "https://problems.luna.akamaiapis.net";
const dns = `${root}/authoritative-dns`;

export function badRequest(detail: string): Problem {
  return { status: 400, type: `${dns}/badRequest`, title: "Bad Request", detail };
}

export function forbidden(detail: string): Problem {
  return { status: 403, type: `${dns}/forbidden`, title: "Forbidden", detail };
}

export function zoneNotFound(zone: string): Problem {
  return notFound(`Unable to find zone '${zone}'`);
}

export function recordSetNotFound(name: string, type: string): Problem {
  return notFound(`Unable to find record set '${name}' of type ${type}`);
}

export function recordSetMissing(name: string, type: string): Problem {
  return badRequest(`Record set '${name}' of type ${type} does not exist`);
}

export function duplicateRecordSet(name: string, type: string): Problem {
  const detail = `Record set '${name}' of type ${type} already exists`;
  return { status: 409, type: `${dns}/duplicateRecordSet`, title: "Conflict", detail };
}

/** A CNAME is alone at its name (RFC 1034 3.6.2). */
export function cnameCollision(name: string): Problem {
  const detail = `${name} would have a CNAME and other records`;
  return { status: 400, type: `${dns}/cnameCollision`, title: "Invalid rdata - CNAME collision", detail };
}

export function methodNotAllowed(method: string): Problem {
  const detail = `Request method '${method}' is not supported`;
  return { status: 405, type: `${dns}/illegalMethod`, title: "Method Not Allowed", detail };
}

export function bodyTooLong(): Problem {
  const detail = "The body is longer than 131072 bytes, which is as far as its signature reaches";
  return { status: 413, type: `${dns}/payloadTooLarge`, title: "Payload Too Large", detail };
}

export function serverError(detail: string): Problem {
  return { status: 500, type: `${dns}/serverError`, title: "Internal Server Error", detail };
}

export function unavailable(detail: string): Problem {
  const headers = { "retry-after": "5" };
  return { status: 503, type: `${dns}/serviceUnavailable`, title: "Service Unavailable", detail, headers };
}

/** Unknown token, wrong secret and wrong access token are one and the same problem: who asks must not learn which. */
export function unauthenticated(reason: Exclude<AuthenticationRefusal, "rate">): Problem {
  switch (reason) {
    case "missing":
    case "malformed":
      return authn(400, "Invalid authorization header: sign requests with EdgeGrid (EG1-HMAC-SHA256)");
    case "timestamp":
      return authn(400, "Invalid timestamp");
    case "host":
      return authn(400, "Invalid host: this proxy does not answer by that name");
    case "body-too-long":
      return bodyTooLong();
    case "signature":
      return authn(401, "The signature does not match");
    case "inactive":
      return authn(401, "Inactive client token");
    case "replay":
      return authn(401, "This request was received before: sign each try anew");
    case "network":
      return authz("The client may not connect from this address");
  }
}

export function tokenRefused(detail: string): Problem {
  return { ...authn(401, detail), headers: { "www-authenticate": "Bearer" } };
}

export function tokenForbidden(detail: string): Problem {
  return authz(detail);
}

export function tooManyRequests(rate: { limit: number; remaining: number; next: Date }, now: Date): Problem {
  const headers = { "x-ratelimit-limit": String(rate.limit), "x-ratelimit-remaining": String(rate.remaining) };
  return rateLimited(`More than ${rate.limit} requests a minute from this client`, headers, rate.next, now);
}

/** Akamai's limit for all clients of this proxy together. */
export function tooManyUpstream(pauseMs: number, now: Date): Problem {
  const detail = `Akamai limits the requests of this proxy: try again in ${Math.max(1, Math.ceil(pauseMs / 1000))} s`;
  return rateLimited(detail, {}, new Date(now.getTime() + pauseMs), now);
}

function rateLimited(detail: string, headers: Problem["headers"], next: Date, now: Date): Problem {
  return {
    status: 429,
    type: `${root}/-/pep-authz/rate-limit`,
    title: "Too Many Requests",
    detail,
    headers: {
      ...headers,
      "x-ratelimit-next": next.toISOString(),
      "retry-after": String(Math.max(1, Math.ceil((next.getTime() - now.getTime()) / 1000))),
    },
  };
}

function notFound(detail: string): Problem {
  return { status: 404, type: `${dns}/notFound`, title: "Not Found", detail };
}

function authn(status: 400 | 401, detail: string): Problem {
  return status === 400
    ? { status, type: `${root}/-/pep-authn/request-error`, title: "Bad request", detail }
    : { status, type: `${root}/-/pep-authn/deny`, title: "Not authorized", detail };
}

function authz(detail: string): Problem {
  return { status: 403, type: `${root}/-/pep-authz/deny`, title: "Forbidden", detail };
}
