/**
 * Adds values to record sets and takes them away, next to values of strangers. Edge DNS can only replace whole sets and
 * has no precondition, so each try reads, changes and writes; what somebody else wrote is sent back octet for octet.
 * Among processes that write the same set, only a proxy that serialises them makes this safe.
 */
import { canonicalName, type RecordSet } from "../dns/record-set";
import { addValues, hasValue, isSameRecordSet, removeValues } from "../dns/record-set-algebra";
import type { Sleep } from "../platform/clock";
import { AppError, isAppError } from "../platform/errors";
import { KeyedQueue } from "../platform/keyed-queue";
import { silentLogger, type Logger } from "../platform/log";
import { retry, type RetryPolicy } from "../platform/retry";
import {
  edgeDnsRetryPolicy,
  isDuplicate,
  isOutcomeUnclear,
  type CallOptions,
  type EdgeDnsClient,
} from "./edge-dns-client";

export interface RecordSetEditorOptions {
  readonly client: EdgeDnsClient;
  /** @default edgeDnsRetryPolicy */
  readonly retryPolicy?: RetryPolicy;
  readonly logger?: Logger;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

/** The values of one set that are to come or go. */
export interface ValueChange {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  /** Presentation text, TXT quoted (`encodeTxt`). */
  readonly values: readonly string[];
  readonly signal?: AbortSignal;
}

export interface ValuesAdded {
  /** Values this call put there. */
  readonly added: readonly string[];
  /** Values that somebody else, or an earlier call, had put there. */
  readonly alreadyThere: readonly string[];
}

export interface ValuesRemoved {
  readonly removed: readonly string[];
  readonly alreadyGone: readonly string[];
}

/** One try of a change, from the set as it is now. */
interface Step {
  readonly wanted: RecordSet | undefined;
  /** Of the values asked for, those that this step puts there or takes away. */
  readonly changed: readonly string[];
}

export class RecordSetEditor {
  private readonly queue = new KeyedQueue();

  constructor(private readonly options: RecordSetEditorOptions) {}

  /**
   * Makes sure the values are in the set; those in `instead` go in the same write, so that an alias can change its
   * target. The TTL is that of the existing set unless nothing of others is left in it. Errors: `dns_conflict` for a
   * CNAME that points elsewhere, and those of `EdgeDnsClient`.
   */
  async addValues(
    change: ValueChange & { readonly ttlSeconds: number; readonly instead?: readonly string[] },
  ): Promise<ValuesAdded> {
    const added = await this.edit(change, (current) => {
      const kept = current && removeValues(current, change.instead ?? []);
      if (kept !== undefined) refuseSecondCname(kept, change.values);
      const isOurs = kept === undefined || removeValues(kept, change.values).rdata.length === 0;
      const start = kept ?? { name: canonicalName(change.name), type: change.type, ttlSeconds: 0, rdata: [] };
      const grown = addValues(isOurs ? { ...start, ttlSeconds: change.ttlSeconds } : start, change.values);
      return { wanted: grown, changed: change.values.filter((value) => !hasValue(start, value)) };
    });
    return { added, alreadyThere: change.values.filter((value) => !added.includes(value)) };
  }

  /** Makes sure the values are not in the set; deletes the set when nothing else is in it. */
  async removeValues(change: ValueChange): Promise<ValuesRemoved> {
    const removed = await this.edit(change, (current) => {
      if (current === undefined) return { wanted: undefined, changed: [] };
      const rest = removeValues(current, change.values);
      return {
        wanted: rest.rdata.length === 0 ? undefined : rest,
        changed: change.values.filter((value) => hasValue(current, value)),
      };
    });
    return { removed, alreadyGone: change.values.filter((value) => !removed.includes(value)) };
  }

  /**
   * Queued per zone, because Edge DNS locks the zone for each write. A value counts as changed by us if a try of ours
   * that may have worked wanted to change it.
   */
  private edit(change: ValueChange, plan: (current: RecordSet | undefined) => Step): Promise<readonly string[]> {
    const { retryPolicy = edgeDnsRetryPolicy, logger = silentLogger, sleep, random } = this.options;
    const maybeChanged = new Set<string>();
    const attempt = async () => {
      const { zone, name, type, signal } = change;
      const current = await this.options.client.getRecordSet(zone, name, type, { once: true, signal });
      const { wanted, changed } = plan(current);
      try {
        await this.apply(change, current, wanted);
      } catch (error) {
        if (isOutcomeUnclear(error)) changed.forEach((value) => maybeChanged.add(value));
        throw error;
      }
      return change.values.filter((value) => changed.includes(value) || maybeChanged.has(value));
    };
    return this.queue.run(canonicalName(change.zone), () =>
      retry(attempt, {
        policy: retryPolicy,
        signal: change.signal,
        isRetryable: (error) => error.retryable || isDuplicate(error),
        onRetry: (error, attempt, delayMs) =>
          logger.log("debug", "record set is read and written again", {
            recordSet: `${change.zone}/${change.name}/${change.type}`,
            code: error.code,
            attempt,
            delayMs: Math.round(delayMs),
          }),
        sleep,
        random,
      }),
    );
  }

  private async apply(change: ValueChange, current: RecordSet | undefined, wanted: RecordSet | undefined) {
    const { client } = this.options;
    const { zone, name, type, signal } = change;
    const call = { once: true, signal };
    if (wanted === undefined) {
      if (current !== undefined) await client.deleteRecordSet(zone, name, type, call);
    } else if (current === undefined) {
      if (wanted.rdata.length > 0) await client.createRecordSet(zone, wanted, call);
    } else if (!isSameRecordSet(current, wanted)) await this.replace(zone, wanted, call);
  }

  /** A PUT on a set that somebody deleted after our read is a 400 like any bad request, so the set itself must tell. */
  private async replace(zone: string, wanted: RecordSet, call: CallOptions): Promise<void> {
    const { client } = this.options;
    try {
      await client.replaceRecordSet(zone, wanted, call);
    } catch (error) {
      const isRefused = isAppError(error, "edge_dns_problem") && error.facts.status === 400;
      if (!isRefused || (await client.getRecordSet(zone, wanted.name, wanted.type, call)) !== undefined) throw error;
      throw new AppError("edge_dns_busy", `${wanted.name} ${wanted.type} was deleted while it was being changed`, {
        retryable: true,
        cause: error,
      });
    }
  }
}

/** A name has one CNAME (RFC 2181 10.1), and one that is not ours is never overwritten. */
function refuseSecondCname(current: RecordSet, values: readonly string[]): void {
  if (current.type !== "CNAME") return;
  const other = removeValues(current, values).rdata[0];
  if (other === undefined) return;
  throw new AppError("dns_conflict", `${current.name} already is a CNAME to ${other}`, {
    hint: "remove that record first, if nothing needs it any more",
    facts: { name: current.name, present: other },
  });
}
