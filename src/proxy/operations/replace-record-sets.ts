/**
 * PUT of a whole zone, for a client that may see only a part of it. It is judged as a whole and made set by set, so that
 * nothing but what was authorised is ever sent: Edge DNS would replace every set of the zone, with whatever was read of
 * it a moment ago (docs/decisions/0008). What is made stays, and the same request again makes the rest.
 */
import { isSameRecordSet } from "../../dns/record-set-algebra";
import { toAppError } from "../../platform/errors";
import { cnameCollision, duplicateRecordSet, forbidden, unavailable, type Problem, type Reply } from "../http/problem";
import type { NamedRecordSet } from "../http/record-set-body";
import { failureProblem } from "../http/upstream-failure";
import type { AuditedChange } from "../audit";
import { auditDecision, grantFields, putOnRecord, type Call, type ProxyParts } from "./call";
import { mayRead } from "./may-read";
import { planWrite, refuseUnread, type RequestedWrite } from "./plan-write";
import { writeBase, type WriteBase } from "./write-base";
import { writeInTurn } from "./write-record-set";
import { collidingName, zoneChanges } from "./zone-changes";

const operation = "replace-record-sets";

interface JudgedWrite {
  readonly write: RequestedWrite;
  readonly base: WriteBase;
}

export async function replaceRecordSets(
  parts: ProxyParts,
  call: Call,
  zone: string,
  sent: readonly NamedRecordSet[],
): Promise<Reply | Problem> {
  const { client } = call.principal;
  for (const { name, type, ttlSeconds, rdata } of sent) {
    if (mayRead(parts.policy, client, { zone, name, type })) continue;
    const write = { client, zone, name, type, operation: "create-record-set", sent: { ttlSeconds, rdata } } as const;
    const refusal = refuseUnread(parts.policy, write);
    if (refusal === undefined) continue;
    await auditDecision(parts, call, { operation, zone, name, type }, refusal);
    return forbidden(refusal.reason.detail);
  }
  return parts.writers.run(zone, client, async (signal) => {
    const judged = await judge(parts, call, zone, sent, signal);
    return "status" in judged ? judged : make(parts, call, judged.writes, signal);
  });
}

/** Everything is judged before anything is written. A problem names the first change that is not granted. */
async function judge(
  parts: ProxyParts,
  call: Call,
  zone: string,
  sent: readonly NamedRecordSet[],
  signal: AbortSignal,
): Promise<Problem | { readonly writes: readonly JudgedWrite[] }> {
  const { client } = call.principal;
  const standing = await parts.upstream.recordSets(zone, signal);
  const changes = zoneChanges(parts.policy, { client, zone }, standing, sent);
  const writes: JudgedWrite[] = [];
  const audited: AuditedChange[] = [];
  let taken: Problem | undefined;
  for (const { write, current } of changes) {
    const base = await writeBase(parts, call, write, current);
    const known = [...(current?.rdata ?? []), ...base.known];
    const { kind, decision, target } = planWrite(parts.policy, write, { current, base: base.set }, known);
    const { name, type } = write;
    if (write.operation === "replace-record-set" && current && target && isSameRecordSet(current, target)) continue;
    const change = { name, type, before: current ?? null, after: target ?? null };
    if (decision.verdict === "deny") {
      await auditDecision(parts, call, { operation, zone, ...change }, decision);
      return forbidden(decision.reason.detail);
    }
    if (kind === "exists") taken ??= duplicateRecordSet(name, type);
    audited.push({ ...change, ...grantFields(decision.grant) });
    writes.push({ write, base });
  }
  const collision = collidingName(standing, changes);
  await putOnRecord(parts, call, { event: "decision", operation, zone, verdict: "allow", changes: audited });
  if (taken !== undefined) return taken;
  return collision === undefined ? { writes } : cnameCollision(collision);
}

/** Others wait meanwhile, each with a deadline of its own: so this one uses up half of it at most. */
async function make(
  parts: ProxyParts,
  call: Call,
  writes: readonly JudgedWrite[],
  signal: AbortSignal,
): Promise<Reply | Problem> {
  const endsAt = parts.clock.now().getTime() + parts.readDeadline.timeoutMs / 2;
  for (const [done, { write, base }] of writes.entries()) {
    if (parts.clock.now().getTime() > endsAt)
      return halted(
        unavailable("many changes take long, and others write to this zone, too"),
        write,
        done,
        writes.length,
      );
    const outcome = await writeInTurn(parts, call, write, base, signal).catch((error: unknown) =>
      failureProblem(toAppError(error), parts.clock.now()),
    );
    const isGone = write.operation === "delete-record-set" && outcome.status === 404;
    if ("title" in outcome && !isGone) return halted(outcome, write, done, writes.length);
  }
  return { status: 204 };
}

/** The problem of one change, with what that means for the others. */
function halted(problem: Problem, { name, type }: RequestedWrite, done: number, all: number): Problem {
  const made = done === 0 ? "none was made before it" : "those before it are made and stay";
  const where = `change ${done + 1} of ${all}; ${made}; the same request again makes what is missing`;
  return { ...problem, detail: `${name} ${type}: ${problem.detail} (${where})` };
}
