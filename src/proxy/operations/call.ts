import type { Clock, Sleep } from "../../platform/clock";
import type { AppError } from "../../platform/errors";
import type { Logger } from "../../platform/log";
import type { RetryPolicy } from "../../platform/retry";
import type { Audit, AuditEntry } from "../audit";
import type { Coordination } from "../coordination/coordination";
import { decide, type AccessRequest, type Decision } from "../policy/decide";
import type { SeenRecordSets } from "../merge/seen-record-sets";
import type { Grant, Policy, Principal } from "../policy/policy";
import type { Upstream } from "../upstream/upstream";
import type { ZoneWriters } from "../zone-writers";

/** What operations work with; one of each per proxy. */
export interface ProxyParts {
  readonly policy: Policy;
  readonly upstream: Upstream;
  readonly coordination: Coordination;
  readonly writers: Pick<ZoneWriters, "run">;
  readonly seen: SeenRecordSets;
  readonly audit: Pick<Audit, "write">;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Hears why another try is made upstream. */
  readonly onRetry?: (error: AppError) => void;
  /** Tries of one write. */
  readonly writeRetryPolicy: RetryPolicy;
  /** How long a read may take, in milliseconds. */
  readonly readDeadlineMs: number;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

/** One authenticated request. */
export interface Call {
  readonly principal: Principal;
  readonly requestId: string;
  readonly remoteAddress: string;
  /** Tells the sockets of clients apart, over all replicas. */
  readonly connection: string;
  /** Bounds reads. */
  readonly signal: AbortSignal;
}

/** The fields of an audit entry that say who asked. */
export function caller({ principal, requestId, remoteAddress }: Call) {
  return { requestId, client: principal.client, token: principal.token, remoteAddress };
}

/** The fields of an audit entry that say by which grant. */
export function grantFields({ id, kind }: Grant) {
  return { grant: id, allow: kind };
}

export type Judged = Pick<AuditEntry, "operation" | "zone" | "name" | "type" | "before" | "after">;

/** Refusals are in the log, too, but for zones that a client finds by trying. */
export async function auditDecision(parts: ProxyParts, call: Call, judged: Judged, decision: Decision): Promise<void> {
  if (decision.verdict === "deny" && decision.reason.code !== "zone-not-granted") {
    const { operation, zone, name, type } = judged;
    const { requestId, principal } = call;
    const facts = { requestId, client: principal.client, operation, zone, name, type, reason: decision.reason.code };
    parts.logger.log("warn", "request denied", facts);
  }
  await parts.audit.write({
    event: "decision",
    ...caller(call),
    ...judged,
    verdict: decision.verdict,
    ...(decision.verdict === "allow" ? grantFields(decision.grant) : { reason: decision.reason.code }),
  });
}

/** A read that shows a client only what it may see is allowed as such; it needs no single grant. */
export async function auditRead(
  { audit }: ProxyParts,
  call: Call,
  operation: string,
  zone?: string,
  name?: string,
): Promise<void> {
  await audit.write({ event: "decision", ...caller(call), operation, zone, name, verdict: "allow" });
}

/** Decides and puts the decision on record. */
export async function authorise(
  parts: ProxyParts,
  call: Call,
  operation: string,
  request: AccessRequest,
): Promise<Decision> {
  const decision = decide(parts.policy, request);
  const { zone } = request;
  const place = request.kind === "zone" ? { zone } : { zone, name: request.name, type: request.type };
  await auditDecision(parts, call, { operation, ...place }, decision);
  return decision;
}
