/** POST, PUT and DELETE of one record set: read, plan, decide, write, and be sure what came of it before answering. */
import { isOutcomeUnclear } from "../../akamai/edge-dns-client";
import { addValues, diffRecordSets, isSameRecordSet } from "../../dns/record-set-algebra";
import type { RecordSet } from "../../dns/record-set";
import { withDeadline } from "../../platform/deadline";
import { AppError, isAppError, messageOf } from "../../platform/errors";
import { retry } from "../../platform/retry";
import {
  duplicateRecordSet,
  forbidden,
  recordSetMissing,
  recordSetNotFound,
  type Problem,
  type Reply,
} from "../http/problem";
import type { Decision } from "../policy/decide";
import type { Grant } from "../policy/policy";
import { auditDecision, grantFields, putOnRecord, type Call, type ProxyParts } from "./call";
import { mayRead } from "./may-read";
import { isMerged, planWrite, refuseUnread, type RequestedWrite, type WritePlan } from "./plan-write";
import { recordSetDocument } from "./record-set-document";
import { writeBase, type WriteBase } from "./write-base";

/** A set that may be absent, boxed so that "absent" and "not known" differ. */
interface State {
  readonly set: RecordSet | undefined;
}

/** How long reading back after a failure may take, in milliseconds: the client is still waiting. */
export const settleMs = 5_000;

export async function writeRecordSet(parts: ProxyParts, call: Call, write: RequestedWrite): Promise<Reply | Problem> {
  const refusal = refuseUnread(parts.policy, write);
  if (refusal !== undefined) {
    const { operation, zone, name, type } = write;
    await auditDecision(parts, call, { operation, zone, name, type }, refusal);
    return forbidden(refusal.reason.detail);
  }
  return parts.writers.run(write.zone, write.client, (signal) => new Write(parts, call, write, signal).perform());
}

/** One of several writes of a request that was judged as a whole and has the zone's turn. `base`: of `writeBase`. */
export function writeInTurn(
  parts: ProxyParts,
  call: Call,
  write: RequestedWrite,
  base: WriteBase,
  signal: AbortSignal,
): Promise<Reply | Problem> {
  return new Write(parts, call, write, signal, base, "allow").perform();
}

class Write {
  private wanted: RecordSet | undefined;
  /** What allows it. */
  private grant: Grant | undefined;
  /** Why it is not done yet. */
  private lastFailure: AppError | undefined;
  /** A try that may have worked although it failed. */
  private pending: { readonly before: State; readonly after: State } | undefined;

  constructor(
    private readonly parts: ProxyParts,
    private readonly call: Call,
    private readonly write: RequestedWrite,
    private readonly signal: AbortSignal,
    private base?: WriteBase,
    /** What is on record of this write's decision. */
    private judged?: Decision["verdict"],
  ) {}

  async perform(): Promise<Reply | Problem> {
    const { writeRetryPolicy: policy, sleep, random, logger } = this.parts;
    try {
      return await retry(() => this.attempt(), {
        policy,
        sleep,
        random,
        signal: this.signal,
        isRetryable: (error) => error.retryable || error.facts.status === 409,
        onRetry: (error, attempt) => {
          this.lastFailure = error;
          this.parts.onRetry?.(error);
          const { requestId } = this.call;
          logger.log("info", "upstream write is tried again", { requestId, code: error.code, attempt });
        },
      });
    } catch (error) {
      // when time is over, what went wrong before is what the client has to know
      return this.settle(this.signal.aborted ? (this.lastFailure ?? error) : error);
    }
  }

  /** Each try reads again: while it waited, somebody beside this proxy may have written. */
  private async attempt(): Promise<Reply | Problem> {
    const { zone, name, type } = this.write;
    const current = { set: await this.parts.upstream.recordSetOnce(zone, name, type, this.signal) };
    if (this.pending !== undefined && isSame(current, this.pending.after))
      return this.done(this.pending.before, this.pending.after);
    const base = (this.base ??= await writeBase(this.parts, this.call, this.write, current.set));
    const plan = planWrite(this.parts.policy, this.write, { current: current.set, base: base.set }, [
      ...(current.set?.rdata ?? []),
      ...base.known,
    ]);
    this.wanted = plan.wanted;
    await this.judge(plan, current);
    if (plan.decision.verdict === "deny") return forbidden(plan.decision.reason.detail);
    this.grant = plan.decision.grant;
    if (plan.kind !== "write") return this.refuse(plan);
    const target = { set: plan.target };
    if (isSame(current, target)) {
      await this.remember(current, target);
      return this.reply(target);
    }
    this.pending = undefined;
    await this.apply(current, target);
    return this.done(current, target);
  }

  private async apply(before: State, after: State): Promise<void> {
    const { upstream } = this.parts;
    const { zone, name, type } = this.write;
    try {
      if (after.set === undefined) await upstream.delete(zone, name, type, this.signal);
      else if (before.set === undefined) await upstream.create(zone, after.set, this.signal);
      else await upstream.replace(zone, after.set, this.signal);
    } catch (error) {
      if (isOutcomeUnclear(error) || this.signal.aborted) this.pending = { before, after };
      throw await this.overtaken(error, before, after);
    }
  }

  /** A PUT on a set that was deleted after we read it is a 400 like any bad request, so the set itself must tell. */
  private async overtaken(error: unknown, before: State, after: State): Promise<unknown> {
    const isReplace = before.set !== undefined && after.set !== undefined;
    if (!isReplace || !isAppError(error, "edge_dns_problem") || error.facts.status !== 400) return error;
    const { zone, name, type } = this.write;
    const now = await this.parts.upstream.recordSetOnce(zone, name, type, this.signal);
    return now !== undefined
      ? error
      : new AppError("edge_dns_busy", `${name} ${type} was deleted meanwhile`, { retryable: true, cause: error });
  }

  /**
   * On record before anything is sent, and again if a later try comes out otherwise; what later tries really change is
   * in the entry of the write.
   */
  private async judge(plan: WritePlan, before: State): Promise<void> {
    if (this.judged === plan.decision.verdict) return;
    this.judged = plan.decision.verdict;
    const { operation, zone, name, type } = this.write;
    const change = { before: before.set ?? null, after: plan.target ?? null };
    await auditDecision(this.parts, this.call, { operation, zone, name, type, ...change }, plan.decision);
  }

  private refuse({ kind }: WritePlan): Problem {
    const { name, type, operation } = this.write;
    if (kind === "exists") return duplicateRecordSet(name, type);
    return operation === "delete-record-set" ? recordSetNotFound(name, type) : recordSetMissing(name, type);
  }

  private async done(before: State, after: State): Promise<Reply> {
    await this.record("done", before, after);
    await this.remember(before, after);
    return this.reply(after);
  }

  /** What was done is not turned into an error because it cannot be remembered: the client's next write changes less. */
  private async remember(before: State, after: State): Promise<void> {
    const { policy, seen, logger } = this.parts;
    if (!isMerged(policy, this.write)) return;
    try {
      const built = { view: this.base?.view, wanted: this.meant(), connection: this.call.connection };
      await seen.wrote(this.write, { before: before.set, after: after.set, built });
    } catch (error) {
      logger.log("error", messageOf(error), { requestId: this.call.requestId });
    }
  }

  /** What the client takes the set for once this is done. A POST adds to what it was shown. */
  private meant(): RecordSet | undefined {
    const shown = this.base?.view?.set;
    if (this.write.operation !== "create-record-set" || shown === undefined) return this.wanted;
    return addValues(shown, this.wanted?.rdata ?? []);
  }

  /**
   * The tries are used up. Where the last one may have worked, the set is read back; only if that fails as well, or
   * shows something else, is the outcome unknown, and then it is said.
   */
  private async settle(error: unknown): Promise<Reply> {
    if (this.pending === undefined) throw error;
    const { before, after } = this.pending;
    const { zone, name, type } = this.write;
    try {
      const signal = withDeadline(undefined, settleMs);
      const now = { set: await this.parts.upstream.recordSetOnce(zone, name, type, signal) };
      if (isSame(now, after)) return await this.done(before, after);
      if (isSame(now, before)) {
        await this.record("failed", before, before);
        throw error;
      }
    } catch (failure) {
      if (failure === error) throw error;
    }
    await this.record("unknown", before, after);
    throw new AppError("edge_dns_busy", `whether ${name} ${type} was written is not known: read it before you go on`, {
      retryable: true,
      cause: error,
    });
  }

  /** The decision is on record already, so a full disk does not turn what was done into an error. */
  private async record(outcome: "done" | "failed" | "unknown", before: State, after: State): Promise<void> {
    const { operation, zone, name, type } = this.write;
    const what = { operation, zone, name, type, ...(this.grant && grantFields(this.grant)) };
    const change = { before: before.set ?? null, after: after.set ?? null };
    try {
      await putOnRecord(this.parts, this.call, { event: "write", ...what, outcome, ...change });
    } catch (error) {
      this.parts.logger.log("error", messageOf(error), { requestId: this.call.requestId, outcome });
    }
  }

  private reply({ set }: State): Reply {
    const { operation, zone, name, type } = this.write;
    if (operation === "delete-record-set") return { status: 204 };
    const body = recordSetDocument(this.visiblePart(set));
    if (operation === "replace-record-set") return { status: 200, body };
    return { status: 201, body, headers: { location: `/config-dns/v2/zones/${zone}/names/${name}/types/${type}` } };
  }

  /** The whole set, because clients copy from it what they write next; without a right to read, of what was sent only. */
  private visiblePart(set: RecordSet | undefined): RecordSet {
    const { client, name, type, sent } = this.write;
    if (set !== undefined && mayRead(this.parts.policy, client, this.write)) return set;
    return { name, type, ttlSeconds: sent?.ttlSeconds ?? 0, rdata: diffRecordSets(set, this.wanted).kept };
  }
}

function isSame({ set: left }: State, { set: right }: State): boolean {
  return left === undefined || right === undefined ? left === right : isSameRecordSet(left, right);
}
