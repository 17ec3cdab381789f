/** POST of several record sets: all of them or none, as one write upstream. A set that is there already is a 409. */
import { isOutcomeUnclear } from "../../akamai/edge-dns-client";
import { isSameRecordSet } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { withDeadline } from "../../platform/deadline";
import { AppError, messageOf } from "../../platform/errors";
import { retry } from "../../platform/retry";
import { duplicateRecordSet, forbidden, type Problem, type Reply } from "../http/problem";
import type { NamedRecordSet } from "../http/record-set-body";
import type { AuditedChange, AuditEntry } from "../audit";
import { decide } from "../policy/decide";
import { auditDecision, grantFields, putOnRecord, type Call, type ProxyParts } from "./call";
import { isMerged, wantedSet, type RequestedWrite } from "./plan-write";
import { settleMs } from "./write-record-set";

const operation = "create-record-sets";

export async function createRecordSets(
  parts: ProxyParts,
  call: Call,
  zone: string,
  sent: readonly NamedRecordSet[],
): Promise<Reply | Problem> {
  const { client } = call.principal;
  const writes = sent.map(({ name, type, ttlSeconds, rdata }): RequestedWrite => ({
    client,
    zone,
    name,
    type,
    operation: "create-record-set",
    sent: { ttlSeconds, rdata },
  }));
  const changes: AuditedChange[] = [];
  for (const write of writes) {
    const { name, type } = write;
    // before the zone is read: whether a set may be made does not depend on what stands elsewhere
    const wanted = wantedSet(write, []);
    const decision = decide(parts.policy, { ...write, kind: "change", current: undefined, wanted });
    const change = { name, type, before: null, after: wanted ?? null };
    if (decision.verdict === "deny") {
      await auditDecision(parts, call, { operation, zone, ...change }, decision);
      return forbidden(decision.reason.detail);
    }
    changes.push({ ...change, ...grantFields(decision.grant) });
  }
  await putOnRecord(parts, call, { event: "decision", operation, zone, verdict: "allow", changes });
  return parts.writers.run(zone, client, (signal) => new Creation(parts, call, writes, changes, signal).perform());
}

class Creation {
  private readonly zone: string;
  private readonly sets: readonly RecordSet[];
  private lastFailure: AppError | undefined;
  /** Whether a try that failed may have worked. */
  private isPending = false;

  constructor(
    private readonly parts: ProxyParts,
    private readonly call: Call,
    private readonly writes: readonly RequestedWrite[],
    private readonly changes: readonly AuditedChange[],
    private readonly signal: AbortSignal,
  ) {
    this.zone = writes[0]?.zone ?? "";
    this.sets = changes.flatMap(({ after }) => after ?? []);
  }

  async perform(): Promise<Reply | Problem> {
    const { writeRetryPolicy: policy, sleep, random, onRetry } = this.parts;
    try {
      return await retry(() => this.attempt(), {
        policy,
        sleep,
        random,
        signal: this.signal,
        isRetryable: (error) => error.retryable || error.facts.status === 409,
        onRetry: (error) => {
          this.lastFailure = error;
          onRetry?.(error);
        },
      });
    } catch (error) {
      return this.settle(this.signal.aborted ? (this.lastFailure ?? error) : error);
    }
  }

  /** Each try reads again: Edge DNS would refuse a set that is there, and may have made ours already. */
  private async attempt(): Promise<Reply | Problem> {
    const standing = this.amongOurs(await this.parts.upstream.recordSets(this.zone, this.signal));
    if (this.allStand(standing)) return this.isPending ? this.done() : { status: 204 };
    const [first] = standing;
    if (first !== undefined && this.isPending) throw outcomeUnknown();
    if (first !== undefined) return duplicateRecordSet(first.name, first.type);
    this.isPending = false;
    try {
      await this.parts.upstream.createAll(this.zone, this.sets, this.signal);
    } catch (error) {
      this.isPending = isOutcomeUnclear(error) || this.signal.aborted;
      throw error;
    }
    return this.done();
  }

  private amongOurs(zone: readonly RecordSet[]): RecordSet[] {
    return this.sets.flatMap(({ name, type }) => zone.find((set) => set.name === name && set.type === type) ?? []);
  }

  /** A request that comes again, because its answer was lost, finds its own work. */
  private allStand(standing: readonly RecordSet[]): boolean {
    return this.sets.every((wanted) => standing.some((set) => isSameRecordSet(set, wanted)));
  }

  private async done(): Promise<Reply> {
    await this.record("done");
    const { seen, policy, logger } = this.parts;
    try {
      for (const [index, write] of this.writes.entries())
        if (isMerged(policy, write)) await seen.wrote(write, { before: undefined, after: this.sets[index] });
    } catch (error) {
      logger.log("error", messageOf(error), { requestId: this.call.requestId });
    }
    return { status: 204 };
  }

  /** The tries are used up: what stands tells whether the last one worked, else nobody knows, and that is said. */
  private async settle(error: unknown): Promise<Reply> {
    if (!this.isPending) throw error;
    try {
      const zone = await this.parts.upstream.recordSets(this.zone, withDeadline(undefined, settleMs));
      const standing = this.amongOurs(zone);
      if (this.allStand(standing)) return await this.done();
      if (standing.length === 0) {
        await this.record("failed");
        throw error;
      }
    } catch (failure) {
      if (failure === error) throw error;
    }
    await this.record("unknown");
    throw outcomeUnknown(error);
  }

  /** The decision is on record already, so a full disk does not turn what was done into an error. */
  private async record(outcome: NonNullable<AuditEntry["outcome"]>): Promise<void> {
    const { zone, changes } = this;
    try {
      await putOnRecord(this.parts, this.call, { event: "write", operation, zone, outcome, changes });
    } catch (error) {
      this.parts.logger.log("error", messageOf(error), { requestId: this.call.requestId, outcome });
    }
  }
}

/** Some of the sets stand, others do not or differ: somebody else wrote, before or after a try that may have worked. */
function outcomeUnknown(cause?: unknown): AppError {
  const message = "whether the record sets were made is not known: read them before you go on";
  return new AppError("edge_dns_busy", message, { cause });
}
