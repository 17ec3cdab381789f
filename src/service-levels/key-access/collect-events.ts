/**
 * Brings CloudTrail's events from a queue to a folder. A message is deleted when its events are on disk, so that whatever
 * happens in between, none is lost; it may come again, and its events are then counted once, by their ids. What is no
 * event stays in the queue, where its redrive policy puts it aside for somebody to look at.
 */
import type { Clock, Sleep } from "../../platform/clock";
import { isAppError, toAppError, type AppError, type ErrorCode } from "../../platform/errors";
import { eventsOfMessage } from "./message-events";
import type { EventStore } from "./event-store";
import type { MessageOutcome, QueueState } from "./queue-state";
import { RecentIds } from "./recent-ids";

export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  readonly receipt: string;
}

/** What is needed of a queue. */
export interface EventQueue {
  receive(options: {
    readonly waitSeconds: number;
    readonly hiddenSeconds: number;
    readonly signal: AbortSignal;
  }): Promise<readonly QueueMessage[]>;
  /** Gives the IDs of those that it did not delete, and that come again. */
  delete(messages: readonly QueueMessage[]): Promise<readonly string[]>;
}

export interface Collected {
  /** Events that are on disk now. */
  readonly events: number;
  readonly messages: Readonly<Record<MessageOutcome, number>>;
  /** Kept, and not deleted at once: they come again, and go then. */
  readonly undeleted: number;
  /** There was no time for all of it. */
  readonly hasMore?: true;
}

export interface CollectOptions {
  /** URL of the queue. */
  readonly name: string;
  readonly queue: EventQueue;
  readonly store: Pick<EventStore, "append">;
  /** As it was left; @default nothing was read before */
  readonly state?: QueueState;
  readonly writeState: (state: QueueState) => Promise<void>;
  /** Whether to wait for more until the signal; else it ends with the first answer that is empty. @default false */
  readonly follow?: boolean;
  /** Ends it, between two messages. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Hears of messages that hold no event, once of each. */
  readonly onUnreadable: (ids: readonly string[]) => void;
  /** Of `follow`: hears of what failed and is tried again. */
  readonly onTrouble: (error: AppError) => void;
  readonly onProgress?: (collected: Collected) => void;
}

/** Long polling: one request, and next to no delay (SQS developer guide, "Short and long polling"). */
const waitSeconds = { follow: 20, once: 2 } as const;
/** Far more than a write and a deletion take; what was read by a process that is dead comes again after that. */
const hiddenSeconds = 120;
/** A run that is not told to wait ends after that, however much is left: what comes again might keep it busy for ever. */
const longestRunMs = 5 * 60_000;
const statePauseMs = 10_000;
/** Not worth the same call again at once, but a later one: somebody may make room on the disk. */
const passing: ReadonlySet<ErrorCode> = new Set(["timeout", "store_unwritable"]);
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** Errors: those of the queue and of the store; with `follow` only those that another try does not get over. */
export async function collectEvents(options: CollectOptions): Promise<Collected> {
  const run = new CollectingRun(options);
  try {
    await run.untilDone();
  } finally {
    await run.writeState();
  }
  return run.collected;
}

class CollectingRun {
  collected: Collected = { events: 0, messages: { kept: 0, unreadable: 0 }, undeleted: 0 };
  private readonly begunMs: number;
  private readonly known = new RecentIds();
  private readonly told = new RecentIds();
  private readAt: Date | undefined;
  private writtenMs = -Infinity;

  constructor(private readonly options: CollectOptions) {
    this.begunMs = options.clock.now().getTime();
    this.readAt = options.state?.readAt;
  }

  async untilDone(): Promise<void> {
    const { follow = false, signal, sleep } = this.options;
    let pauseMs = firstPauseMs;
    while (!signal.aborted) {
      try {
        const count = await this.step();
        pauseMs = firstPauseMs;
        if (!follow && count === 0) return;
        if (!follow && this.isLate()) return void (this.collected = { ...this.collected, hasMore: true });
      } catch (thrown) {
        if (signal.aborted && isAppError(thrown, "aborted")) return;
        const error = toAppError(thrown);
        if (!follow || !(error.retryable || passing.has(error.code))) throw error;
        this.options.onTrouble(error);
        await sleep(pauseMs, signal).catch(() => undefined);
        pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      }
    }
  }

  /** One answer of the queue: how many messages it had. */
  private async step(): Promise<number> {
    const { queue, signal, follow = false, clock } = this.options;
    const messages = await queue.receive({
      waitSeconds: follow ? waitSeconds.follow : waitSeconds.once,
      ...{ hiddenSeconds, signal },
    });
    await this.keep(messages);
    this.readAt = clock.now();
    if (this.readAt.getTime() - this.writtenMs >= statePauseMs) await this.writeState();
    this.options.onProgress?.(this.collected);
    return messages.length;
  }

  private async keep(messages: readonly QueueMessage[]): Promise<void> {
    const read = messages.map((message) => ({ message, events: eventsOfMessage(message.body) }));
    const kept = read.flatMap(({ message, events }) => (events === undefined ? [] : [{ message, events }]));
    const unknown = new Map(
      kept.flatMap(({ events }) => events).flatMap(({ id, line }) => (this.known.has(id) ? [] : [[id, line] as const])),
    );
    if (unknown.size > 0) await this.options.store.append([...unknown.values()]);
    for (const id of unknown.keys()) this.known.add(id);
    this.tellUnreadable(read.flatMap(({ message, events }) => (events === undefined ? [message.id] : [])));
    const undeleted = kept.length === 0 ? [] : await this.options.queue.delete(kept.map(({ message }) => message));
    this.count({ events: unknown.size, kept: kept.length - undeleted.length, undeleted: undeleted.length });
  }

  private tellUnreadable(ids: readonly string[]): void {
    const news = ids.filter((id) => !this.told.has(id));
    if (news.length === 0) return;
    for (const id of news) this.told.add(id);
    this.count({ unreadable: news.length });
    this.options.onUnreadable(news);
  }

  private count({ events = 0, kept = 0, unreadable = 0, undeleted = 0 }): void {
    const { messages } = this.collected;
    this.collected = {
      ...this.collected,
      events: this.collected.events + events,
      messages: { kept: messages.kept + kept, unreadable: messages.unreadable + unreadable },
      undeleted: this.collected.undeleted + undeleted,
    };
  }

  async writeState(): Promise<void> {
    const { name, state, clock } = this.options;
    const { kept = 0, unreadable = 0 } = state?.messages ?? {};
    const { messages } = this.collected;
    this.writtenMs = clock.now().getTime();
    await this.options.writeState({
      ...{ queue: name, readAt: this.readAt },
      messages: { kept: kept + messages.kept, unreadable: unreadable + messages.unreadable },
    });
  }

  private isLate(): boolean {
    return this.options.clock.now().getTime() - this.begunMs >= longestRunMs;
  }
}
