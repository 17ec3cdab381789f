import type { Clock, Sleep } from "../../platform/clock";
import type { SharedDeadline } from "../../platform/deadline";
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
  /** Of reads. */
  readonly readDeadline: SharedDeadline;
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
  /** Whether the audit trail was given an entry of it. */
  isOnRecord?: boolean;
}

/** What an entry of a call has beside who asked. */
type Finding = Omit<AuditEntry, "requestId" | "client" | "token" | "remoteAddress" | "issuer" | "subject" | "expires">;

/** Members that are undefined are not on record. Errors: `store_unwritable`. */
export function putOnRecord(parts: Pick<ProxyParts, "audit">, call: Call, finding: Finding): Promise<void> {
  call.isOnRecord = true;
  // member by member, since spreading objects into one takes longer than everything else here
  return parts.audit.write({
    event: finding.event,
    requestId: call.requestId,
    client: call.principal.client,
    token: call.principal.token,
    remoteAddress: call.remoteAddress,
    operation: finding.operation,
    zone: finding.zone,
    name: finding.name,
    type: finding.type,
    verdict: finding.verdict,
    reason: finding.reason,
    grant: finding.grant,
    allow: finding.allow,
    outcome: finding.outcome,
    changes: finding.changes,
    before: finding.before,
    after: finding.after,
  });
}

/** The fields of an audit entry that say by which grant. */
export function grantFields({ id, kind }: Grant) {
  return { grant: id, allow: kind };
}

export type Judged = Pick<AuditEntry, "operation" | "zone" | "name" | "type" | "before" | "after">;

/** Refusals are in the log, too, but for zones that a client finds by trying. */
export function auditDecision(parts: ProxyParts, call: Call, judged: Judged, decision: Decision): Promise<void> {
  const { operation, zone, name, type, before, after } = judged;
  const grant = decision.verdict === "allow" ? decision.grant : undefined;
  const reason = decision.verdict === "deny" ? decision.reason.code : undefined;
  if (reason !== undefined && reason !== "zone-not-granted") {
    const { requestId, principal } = call;
    const facts = { requestId, client: principal.client, operation, zone, name, type, reason };
    parts.logger.log("warn", "request denied", facts);
  }
  return putOnRecord(parts, call, {
    event: "decision",
    operation,
    zone,
    name,
    type,
    verdict: decision.verdict,
    reason,
    grant: grant?.id,
    allow: grant?.kind,
    before,
    after,
  });
}

/** A read that shows a client only what it may see is allowed as such; it needs no single grant. */
export function auditRead(
  parts: ProxyParts,
  call: Call,
  operation: string,
  zone?: string,
  name?: string,
): Promise<void> {
  return putOnRecord(parts, call, { event: "decision", operation, zone, name, verdict: "allow" });
}

/** Decides and puts the decision on record. */
export async function authorise(
  parts: ProxyParts,
  call: Call,
  operation: string,
  request: Exclude<AccessRequest, { kind: "zone" }>,
): Promise<Decision> {
  const decision = decide(parts.policy, request);
  const { zone, name, type } = request;
  await auditDecision(parts, call, { operation, zone, name, type }, decision);
  return decision;
}
