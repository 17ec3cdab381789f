/**
 * What Akamai says when it does not do what was asked (RFC 7807 problem documents), as our errors. Statuses and types:
 * Edge DNS API v2, "Errors", and Akamai's answers quoted in public issue reports of its clients.
 */
import { AppError, type AppErrorOptions, type ErrorCode } from "../platform/errors";
import type { HttpResponse } from "../platform/http";
import { retryAfterMs } from "../platform/retry-after";

export interface EdgeDnsProblem {
  readonly status: number;
  /** A URI; its last segment is the kind: `concurrentZoneModification`, `notFound` … Empty if the body was no problem document. */
  readonly type: string;
  readonly title: string;
  readonly detail: string;
}

/** Type suffix of the zone-wide write lock: another write to any record of the zone is in progress. */
const zoneLock = "concurrentZoneModification";

export function parseProblem(response: HttpResponse): EdgeDnsProblem {
  let body: Readonly<Record<string, unknown>> = {};
  try {
    body = Object(JSON.parse(response.body)) as Readonly<Record<string, unknown>>;
  } catch {
    body = { detail: response.body.slice(0, 200) };
  }
  const text = (key: string) => (typeof body[key] === "string" ? body[key] : "");
  return { status: response.status, type: text("type"), title: text("title"), detail: text("detail") };
}

/**
 * The error for an answer that is not a success. `what` names the request, for people. Codes: `edge_dns_denied` for 401
 * and 403 and a refused clock, `edge_dns_busy` (retryable) for the zone lock and rate limits, `dns_conflict` for a CNAME
 * beside other records, otherwise `edge_dns_problem`, retryable for 5xx. `facts` is the `EdgeDnsProblem`.
 */
export function problemError(response: HttpResponse, what: string, now: Date): AppError {
  const problem = parseProblem(response);
  const said = [problem.title, problem.detail].filter((text) => text !== "").join(": ") || "no reason given";
  const error = (code: ErrorCode, options: AppErrorOptions) =>
    new AppError(code, `Edge DNS answered ${what} with ${problem.status} ${said}`, {
      ...options,
      facts: { ...problem },
    });
  if (problem.status === 401 || problem.status === 403 || problem.type.includes("pep-auth"))
    return error("edge_dns_denied", { hint: denialHint(problem) });
  if (problem.status === 429 || (problem.status === 409 && problem.type.endsWith(zoneLock)))
    return error("edge_dns_busy", { retryable: true, retryAfterMs: askedDelay(response, now) });
  if (problem.type.endsWith("cnameCollision"))
    return error("dns_conflict", { hint: "a CNAME must be alone at its name: remove one of the two" });
  return error("edge_dns_problem", { retryable: problem.status >= 500, retryAfterMs: askedDelay(response, now) });
}

function denialHint(problem: EdgeDnsProblem): string {
  if (/timestamp/i.test(problem.detail)) return "set this machine's clock: it may be off by 30 seconds at most";
  if (problem.status === 401) return "check host, tokens and secret of the API client, and that it is active";
  return "check what this API client may do with the zone";
}

/** `Retry-After`, or `X-RateLimit-Next` counted from the server's own `Date`, so that our clock does not matter. */
function askedDelay({ headers }: HttpResponse, now: Date): number | undefined {
  const asked = retryAfterMs(headers["retry-after"], now);
  if (asked !== undefined) return asked;
  const next = Date.parse(headers["x-ratelimit-next"] ?? "");
  if (Number.isNaN(next)) return undefined;
  const served = Date.parse(headers.date ?? "");
  return Math.max(0, next - (Number.isNaN(served) ? now.getTime() : served));
}
