import type { EdgeDnsProblem } from "../../akamai/edge-dns-problem";
import type { AppError } from "../../platform/errors";
import { badRequest, serverError, tooManyUpstream, unavailable, zoneNotFound, type Problem } from "./problem";

/** What a client is told to wait where Akamai did not say, in milliseconds. */
const unknownPauseMs = 30_000;

/**
 * What a client hears when Edge DNS did not do what was asked. Its word on the client's own data is passed on; what
 * concerns the proxy's credentials, quota or connection is the proxy's business and tells the client to come back.
 */
export function failureProblem(error: AppError, now: Date): Problem {
  if (error.facts.status === 429) return tooManyUpstream(error.retryAfterMs ?? unknownPauseMs, now);
  switch (error.code) {
    case "invalid_argument":
      return badRequest(error.message);
    case "edge_dns_denied":
      return unavailable("Akamai refuses the proxy's own credentials: tell those who run this proxy");
    case "edge_dns_busy":
      return unavailable(error.facts.status === undefined ? error.message : "Edge DNS is busy: try again");
    case "dns_zone_not_found":
      return zoneNotFound(String(error.facts.zone));
    case "network":
    case "timeout":
    case "aborted":
      return unavailable("Edge DNS gave no answer");
    case "coordination_unavailable":
      return unavailable("What the replicas of this proxy share is out of reach, so this is not done: try again");
    case "store_unwritable":
      return unavailable("the audit trail cannot be written, so nothing is done");
    case "dns_conflict":
    case "edge_dns_problem":
      return isClientFault(error) ? passedOn(error) : unavailable("Edge DNS failed to answer properly");
    default:
      return serverError("this proxy failed: the request ID leads to the reason in its log");
  }
}

function isClientFault({ facts }: AppError): boolean {
  return typeof facts.status === "number" && facts.status >= 400 && facts.status < 500;
}

function passedOn({ facts }: AppError): Problem {
  const { status, type, title, detail } = facts as unknown as EdgeDnsProblem;
  return { status, type: type || "about:blank", title: title || "Edge DNS refused", detail };
}
