import { Readable } from "node:stream";
import { KeyAccessFold } from "../../../service-levels/key-access/fold-key-accesses";
import type { KeyAccessRules } from "../../../service-levels/key-access/judge-key-access";
import { readQueueStates, type QueueState } from "../../../service-levels/key-access/queue-state";
import { readCloudTrail, type KnownFiles } from "../../../service-levels/key-access/read-cloud-trail";
import { budgetWindow, windows } from "../../../service-levels/targets";

/** CloudTrail delivers every five minutes or so (AWS CloudTrail, "How CloudTrail works"). */
const pauseMs = 5 * 60_000;
/** What no window sees any more need not be told from what comes again. A day more, for what comes late. */
const rememberedMs = windows[budgetWindow] + 86_400_000;

/** Accesses to keys and secrets in CloudTrail's files, with those that come to their folders. */
export class KeyEvents {
  readonly fold: KeyAccessFold;
  private readonly known: KnownFiles = new Map();
  private readMs = -Infinity;
  private reading: Promise<void> = Promise.resolve();
  private states: readonly QueueState[] = [];

  constructor(
    private readonly paths: readonly string[],
    rules: KeyAccessRules,
  ) {
    this.fold = new KeyAccessFold(rules);
  }

  /** Queues that somebody reads into these folders. */
  get queues(): readonly QueueState[] {
    return this.states;
  }

  /** Errors: `missing_file`, `invalid_argument`, `store_unreadable`; what could be read counts. */
  async refresh(now: Date): Promise<void> {
    const results = await Promise.allSettled([this.readStates(), this.readFiles(now)]);
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  private async readStates(): Promise<void> {
    this.states = await readQueueStates(this.paths);
  }

  /** Until the next reading, what failed in the latest one is said again. */
  private readFiles(now: Date): Promise<void> {
    if (now.getTime() - this.readMs >= pauseMs) {
      this.readMs = now.getTime();
      this.reading = this.readAll(now);
    }
    return this.reading;
  }

  private async readAll(now: Date): Promise<void> {
    for (const path of this.paths)
      for await (const event of readCloudTrail(path, { input: Readable.from([]), known: this.known }))
        this.fold.add(event);
    this.fold.forgetBefore(new Date(now.getTime() - rememberedMs));
  }
}
