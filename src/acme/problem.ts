/** Problem documents (RFC 8555 6.7, RFC 7807) as data and as our errors. */
import { AppError, type ErrorCode } from "../platform/errors";
import type { HttpResponse } from "../platform/http";
import { oneLine } from "../platform/report/one-line";
import { retryAfterMs } from "../platform/retry-after";
import { jsonObject, jsonObjects, jsonText, parseJson, type JsonObject } from "./json";

/** What a CA says about a failure; in its own words, shortened and free of control characters. */
export interface AcmeProblem {
  /** Error type, without `urn:ietf:params:acme:error:` where it is one of ACME's own; "" if the CA gave none. */
  readonly type: string;
  readonly detail: string;
  /** The HTTP status of the answer, or the one the problem names (a failed challenge carries its own). */
  readonly status?: number;
  /** A URL for a person to visit, for example new terms of service (RFC 8555 7.3.3). */
  readonly instance?: string;
  /** One per identifier that is to blame (RFC 8555 6.7.1). */
  readonly subproblems: readonly AcmeSubproblem[];
}

export interface AcmeSubproblem {
  readonly type: string;
  readonly detail: string;
  /** The DNS name it is about. */
  readonly identifier?: string;
}

const namespace = "urn:ietf:params:acme:error:";

/** Reads a problem document; undefined if `value` is none. */
export function parseProblem(value: unknown, status?: number): AcmeProblem | undefined {
  const document = jsonObject(value);
  if (document === undefined) return undefined;
  const type = jsonText(document.type);
  const detail = jsonText(document.detail);
  if (type === undefined && detail === undefined) return undefined;
  const ownStatus = typeof document.status === "number" ? document.status : undefined;
  const instance = jsonText(document.instance);
  return {
    type: shortType(type),
    detail: printable(detail ?? ""),
    status: status ?? ownStatus,
    ...(instance === undefined ? {} : { instance: printable(instance) }),
    subproblems: jsonObjects(document.subproblems).map(parseSubproblem),
  };
}

/** The problem in a refused answer. A body that is no problem document (a proxy's page) gives one without type. */
export function problemOfResponse(response: HttpResponse): AcmeProblem {
  const found = parseProblem(parseJson(response.body), response.status);
  return found ?? { type: "", detail: `HTTP status ${response.status}`, status: response.status, subproblems: [] };
}

/** The problem in one line for people: type, detail, and each subproblem (RFC 8555 6.7 asks to show the detail). */
export function describeProblem(problem: AcmeProblem): string {
  const parts = [problem.detail === "" ? "no detail given" : problem.detail];
  for (const { identifier, type, detail } of problem.subproblems)
    parts.push([identifier, detail === "" ? type : detail].filter((part) => part !== undefined).join(": "));
  const text = parts.map((part) => part.replace(/\.+$/, "")).join("; ");
  return problem.type === "" ? text : `${text} (${problem.type})`;
}

/**
 * An answer that is a refusal, as error: `acme_rate_limited` for 429, `rateLimited` and a 503 that names a time;
 * `acme_already_replaced` (RFC 9773 5); `acme_account` for what the account must settle; else `acme_problem`.
 * Its facts are those of the problem document; `what` begins the message ("cannot create the order for …").
 */
export function errorOfResponse(what: string, response: HttpResponse, now: Date): AppError {
  return problemError(what, problemOfResponse(response), retryAfterMs(response.headers["retry-after"], now));
}

export function problemError(what: string, problem: AcmeProblem, waitMs?: number): AppError {
  const { status = 0 } = problem;
  return new AppError(codeOf(problem, waitMs), `${what}: ${describeProblem(problem)}`, {
    hint: hintOf(problem, waitMs),
    retryable: status === 429 || status >= 500 || problem.type === "rateLimited",
    retryAfterMs: waitMs,
    facts: { ...problem, retryAfterMs: waitMs },
  });
}

function codeOf(problem: AcmeProblem, waitMs: number | undefined): ErrorCode {
  if (problem.status === 429 || problem.type === "rateLimited") return "acme_rate_limited";
  if (problem.status === 503 && waitMs !== undefined) return "acme_rate_limited";
  switch (problem.type) {
    case "alreadyReplaced":
      return "acme_already_replaced";
    case "accountDoesNotExist":
    case "externalAccountRequired":
    case "userActionRequired":
    case "invalidContact":
    case "unsupportedContact":
      return "acme_account";
    default:
      return "acme_problem";
  }
}

function hintOf(problem: AcmeProblem, waitMs: number | undefined): string | undefined {
  switch (problem.type) {
    case "externalAccountRequired":
      return "give the external account binding (key ID and MAC key) that the CA issued to you";
    case "userActionRequired":
      return `visit ${problem.instance ?? "the CA's site"} to agree to its terms, then try again`;
    case "accountDoesNotExist":
      return "the CA does not know this account: remove it from the account store to make a new one";
    case "invalidContact":
    case "unsupportedContact":
      return "give a contact e-mail address that the CA accepts, or none";
    case "caa":
      return "allow this CA in the CAA record of the name";
    default:
      return waitMs === undefined || waitMs === 0 ? undefined : `the CA asks to wait ${Math.ceil(waitMs / 1000)} s`;
  }
}

function parseSubproblem(document: JsonObject): AcmeSubproblem {
  const identifier = jsonText(jsonObject(document.identifier)?.value);
  return {
    type: shortType(jsonText(document.type)),
    detail: printable(jsonText(document.detail) ?? ""),
    ...(identifier === undefined ? {} : { identifier: printable(identifier) }),
  };
}

function shortType(type: string | undefined): string {
  if (type === undefined || type === "about:blank") return "";
  return printable(type.startsWith(namespace) ? type.slice(namespace.length) : type);
}

/** A CA's text goes to terminals and logs: no control characters, bounded. */
function printable(text: string): string {
  const clean = oneLine(text);
  return clean.length > 1000 ? `${clean.slice(0, 1000)} …` : clean;
}
