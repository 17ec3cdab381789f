import { AppError, type ErrorCode } from "../../../../src/platform/errors";
import {
  collectEvents,
  type Collected,
  type CollectOptions,
  type QueueMessage,
} from "../../../../src/service-levels/key-access/collect-events";
import type { QueueState } from "../../../../src/service-levels/key-access/queue-state";

const event = (eventID: string) => ({
  ...{ eventID, eventTime: "2026-06-01T09:30:00Z", eventSource: "kms.amazonaws.com", eventName: "Decrypt" },
});
const message = (id: string, body: unknown = { detail: event(`event-${id}`) }): QueueMessage => ({
  ...{ id, body: typeof body === "string" ? body : JSON.stringify(body), receipt: `receipt of ${id}` },
});

type Answer = readonly QueueMessage[] | AppError;

/** A queue that gives these answers, then nothing; and what was done, in order. */
class Scripted {
  readonly done: string[] = [];
  readonly states: QueueState[] = [];
  readonly unreadable: string[] = [];
  readonly troubles: string[] = [];
  readonly pauses: number[] = [];
  /** Of the next deletions and writes. */
  readonly deletions: (AppError | readonly string[])[] = [];
  readonly writes: AppError[] = [];
  nowMs = Date.parse("2026-06-01T10:00:00Z");
  private readonly stopping = new AbortController();

  constructor(private readonly answers: Answer[]) {}

  collect(more: Partial<CollectOptions> = {}) {
    return collectEvents({
      ...{ name: "https://queue", signal: this.stopping.signal, clock: { now: () => new Date(this.nowMs) } },
      queue: {
        receive: async ({ waitSeconds }) => {
          this.nowMs += 1000;
          const answer = this.answers.shift();
          if (answer instanceof AppError) throw answer;
          if (answer === undefined && waitSeconds === 20) this.stopping.abort();
          return answer ?? [];
        },
        delete: async (messages) => {
          const answer = this.deletions.shift() ?? [];
          if (answer instanceof AppError) throw answer;
          this.done.push(`delete ${messages.map(({ id }) => id).join(" ")}`);
          return answer;
        },
      },
      store: {
        append: async (lines) => {
          const failure = this.writes.shift();
          if (failure !== undefined) throw failure;
          this.done.push(`write ${lines.map((line) => (JSON.parse(line) as { eventID: string }).eventID).join(" ")}`);
        },
      },
      writeState: async (state) => void this.states.push(state),
      sleep: async (ms) => void this.pauses.push(ms),
      onUnreadable: (ids) => void this.unreadable.push(...ids),
      onTrouble: ({ code }) => void this.troubles.push(code),
      ...more,
    });
  }
}

const failure = (code: ErrorCode, retryable = false) => new AppError(code, code, { retryable });

test("events are on disk before their messages are deleted; the state says so", async () => {
  const queue = new Scripted([[message("a"), message("b")], [message("c")]]);
  const progress: number[] = [];
  const onProgress = ({ events }: Collected) => void progress.push(events);
  const messages = { kept: 3, unreadable: 0 };
  expect(await queue.collect({ onProgress })).toEqual({ events: 3, messages, undeleted: 0 });
  expect(progress).toEqual([2, 3, 3]);
  expect(queue.done).toEqual(["write event-a event-b", "delete a b", "write event-c", "delete c"]);
  const readAt = new Date("2026-06-01T10:00:03Z");
  expect(queue.states.at(-1)).toEqual({ queue: "https://queue", readAt, messages });
});

test("what comes again is deleted, and not written again: twice in an answer, later, in another message", async () => {
  const twice = { Records: [event("event-a"), event("event-a")] };
  const queue = new Scripted([[message("a", twice), message("b", event("event-a"))], [message("a", twice)]]);
  expect(await queue.collect()).toMatchObject({ events: 1, messages: { kept: 3 } });
  expect(queue.done).toEqual(["write event-a", "delete a b", "delete a"]);
});

test("what is no event stays, is told once, and keeps nothing else from being read", async () => {
  const poison = message("poison", "<html>");
  const queue = new Scripted([[poison, message("a")], [poison], [poison, message("b")]]);
  expect(await queue.collect()).toEqual({ events: 2, messages: { kept: 2, unreadable: 1 }, undeleted: 0 });
  expect(queue.unreadable).toEqual(["poison"]);
  expect(queue.done).toEqual(["write event-a", "delete a", "write event-b", "delete b"]);
});

test("a queue that gives the same for ever does not keep a run that is to end", async () => {
  const poison = message("poison", "{}");
  const queue = new Scripted(Array.from({ length: 10_000 }, () => [poison]));
  expect(await queue.collect()).toMatchObject({ messages: { unreadable: 1 }, hasMore: true });
  expect(queue.nowMs - Date.parse("2026-06-01T10:00:00Z")).toBe(5 * 60_000);
});

test("what was not deleted is counted when it was", async () => {
  const queue = new Scripted([[message("a"), message("b")], [message("b")]]);
  queue.deletions.push(["b"]);
  expect(await queue.collect()).toEqual({ events: 2, messages: { kept: 2, unreadable: 0 }, undeleted: 1 });
});

test("counts go on where the state has them, and it is written at times", async () => {
  const queue = new Scripted(Array.from({ length: 25 }, (_, number) => [message(`${number}`)]));
  const state = { queue: "https://queue", readAt: new Date(0), messages: { kept: 7, unreadable: 2 } };
  await queue.collect({ state });
  expect(queue.states.map(({ messages }) => messages.kept)).toEqual([8, 18, 28, 32]);
  expect(queue.states.at(-1)?.messages).toEqual({ kept: 32, unreadable: 2 });
});

test("a queue that cannot be read: the state keeps when it could", async () => {
  const queue = new Scripted([failure("aws_denied")]);
  const state = { queue: "https://queue", readAt: new Date(7), messages: { kept: 7, unreadable: 0 } };
  await expect(queue.collect({ state })).rejects.toMatchObject({ code: "aws_denied" });
  expect(queue.states).toEqual([state]);
});

test("a disk that is full: nothing is deleted", async () => {
  const queue = new Scripted([[message("a")]]);
  queue.writes.push(failure("store_unwritable"));
  await expect(queue.collect()).rejects.toMatchObject({ code: "store_unwritable" });
  expect(queue.done).toEqual([]);
});

test("to follow gets over what passes, with pauses, until it is stopped", async () => {
  const passing = [failure("network", true), failure("aws_throttled", true), failure("timeout")];
  const queue = new Scripted([...passing, [message("a")], [message("a")], [message("a")]]);
  queue.writes.push(failure("store_unwritable"));
  queue.deletions.push(failure("timeout"));
  expect(await queue.collect({ follow: true })).toMatchObject({ events: 0, messages: { kept: 1 } });
  expect(queue.troubles).toEqual(["network", "aws_throttled", "timeout", "store_unwritable", "timeout"]);
  expect(queue.pauses).toEqual([1000, 2000, 4000, 8000, 16000]);
  expect(queue.done).toEqual(["write event-a", "delete a"]);
});

test("to follow ends where no other try helps", async () => {
  const queue = new Scripted([[message("a")], failure("aws_not_found")]);
  await expect(queue.collect({ follow: true })).rejects.toMatchObject({ code: "aws_not_found" });
  expect(queue.done).toEqual(["write event-a", "delete a"]);
});
