/**
 * Removes challenge values that this proxy added and that outlive their time: clients crash, and their values would
 * stand for ever. It touches only the very values it knows to be added here and asked for by nobody since. Start reading
 * here; what is known is in challenge-values.ts.
 */
import { sleep as realSleep, type Clock, type Sleep } from "../../platform/clock";
import { messageOf, toAppError } from "../../platform/errors";
import type { Logger } from "../../platform/log";
import type { AuditEntry, AuditObserver } from "../audit";
import type { ProxyMetrics } from "../metrics/proxy-metrics";
import type { ProxyParts } from "../operations/call";
import { ChallengeValues, type DueValues } from "./challenge-values";
import { recallChallengeValues } from "./recall-challenge-values";
import { removeChallengeValues } from "./remove-challenge-values";

/** Older values than these are forgotten at a restart, in milliseconds. */
const recallMs = 24 * 60 * 60_000;

export interface JanitorOptions {
  /** How long a value may stand, in milliseconds. */
  readonly afterMs: number;
  readonly metrics: ProxyMetrics;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Between two looks, in milliseconds. @default 60,000 */
  readonly periodMs?: number;
  readonly sleep?: Sleep;
}

export class Janitor implements AuditObserver {
  private readonly values = new ChallengeValues();
  private readonly stopping = new AbortController();
  /** What came while the trail was being read. Undefined from then on. */
  private backlog: { readonly entry: AuditEntry; readonly at: Date }[] | undefined = [];
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: JanitorOptions) {}

  /** Values that may have to be removed some day. */
  get size(): number {
    return this.values.size;
  }

  readonly onRecord = (entry: AuditEntry): void => {
    const at = this.options.clock.now();
    if (this.backlog === undefined) this.values.note(entry, at);
    else this.backlog.push({ entry, at });
  };

  /** Notes what the trail had before this process, then looks every period. `parts`: those in force. */
  start(trailFile: string, parts: () => ProxyParts): void {
    const { sleep = realSleep, periodMs = 60_000 } = this.options;
    const { signal } = this.stopping;
    const run = async () => {
      await this.recall(trailFile);
      while (!signal.aborted) {
        await this.sweep(parts());
        await sleep(periodMs, signal).catch(() => undefined);
      }
    };
    this.work = run();
  }

  /** Finishes what it has begun. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  /** Notes what the trail had before this process. */
  async recall(trailFile: string): Promise<void> {
    const { clock, logger } = this.options;
    const since = new Date(clock.now().getTime() - recallMs);
    try {
      const isComplete = await recallChallengeValues(trailFile, this.values, { since });
      const facts = { values: this.values.size };
      if (isComplete) logger.log("debug", "janitor: the trail was read", facts);
      else logger.log("warn", "janitor: the trail is too long to read a whole day of it", facts);
    } catch (error) {
      const reason = messageOf(error);
      logger.log("warn", "janitor: the trail cannot be read, values of an earlier process stay", { reason });
    }
    for (const { entry, at } of this.backlog ?? []) this.values.note(entry, at);
    this.backlog = undefined;
  }

  /** Removes what is due, set by set. */
  async sweep(parts: ProxyParts): Promise<void> {
    for (const due of this.values.due(this.latest())) {
      if (this.stopping.signal.aborted) return;
      await this.clean(parts, due);
    }
  }

  private latest(): Date {
    return new Date(this.options.clock.now().getTime() - this.options.afterMs);
  }

  private async clean(parts: ProxyParts, { zone, name, rdata }: DueValues): Promise<void> {
    const { metrics, logger } = this.options;
    let asked: readonly string[] = [];
    const atItsTurn = () => (asked = this.values.dueOf(zone, name, this.latest()));
    try {
      await removeChallengeValues(parts, { zone, name, rdata: atItsTurn });
      if (asked.length === 0) return;
      // the entry of the write made them forgotten; what is still known did not stand any more
      const gone = this.values.forget({ zone, name, rdata: asked });
      metrics.cleaned("gone", gone);
      metrics.cleaned("removed", asked.length - gone);
      logger.log("info", "janitor: challenge values removed", { zone, name, removed: asked.length - gone, gone });
    } catch (thrown) {
      const error = toAppError(thrown);
      metrics.cleaned("failed", asked.length || rdata.length);
      logger.log("warn", "janitor: challenge values not removed, tried again later", {
        zone,
        name,
        code: error.code,
        error,
      });
    }
  }
}
