import type { Clock, Sleep } from "../../platform/clock";
import { isAppError } from "../../platform/errors";
import type { Schedule } from "./schedule";

/** However long the wait, the clock is looked at so often: it may be set, and a machine may sleep. */
const longestSleepMs = 60_000;

export interface SchedulerOptions {
  readonly schedule: Schedule;
  /** A run begins up to so much later than it is due, so that many daemons do not ask at once. */
  readonly jitterMs: number;
  /** From 0 to 1, without the 1. */
  readonly random: () => number;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** MUST not reject. */
  readonly run: () => Promise<void>;
  /** A run was due, and is left out: the one before it still goes on. */
  readonly onSkipped: (due: Date) => void;
}

/** Runs something when it is due, one at a time. */
export class Scheduler {
  private readonly stopping = new AbortController();
  private waiting: Promise<void> = Promise.resolve();
  private running: Promise<void> | undefined;
  private next: Date | undefined;

  constructor(private readonly options: SchedulerOptions) {}

  /** When the next run begins; undefined before the start, and if no moment is left. */
  get nextAt(): Date | undefined {
    return this.next;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** `atOnce`: one run does not wait for the schedule. */
  start(atOnce: boolean): void {
    if (atOnce) this.begin();
    this.waiting = this.loop();
  }

  /** Begins nothing more; resolves when what goes on has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.waiting;
    await this.running;
  }

  private async loop(): Promise<void> {
    const { schedule, clock, jitterMs, random, onSkipped } = this.options;
    for (let due = schedule.next(clock.now()); due !== undefined; due = schedule.next(clock.now())) {
      this.next = new Date(due.getTime() + random() * jitterMs);
      if (!(await this.reached(this.next))) return;
      if (this.isRunning) onSkipped(due);
      else this.begin();
    }
    this.next = undefined;
  }

  private begin(): void {
    this.running = this.options.run().finally(() => (this.running = undefined));
  }

  /** False: there is nothing to wait for any more. */
  private async reached(moment: Date): Promise<boolean> {
    const { clock, sleep } = this.options;
    const { signal } = this.stopping;
    try {
      for (;;) {
        const leftMs = moment.getTime() - clock.now().getTime();
        if (leftMs <= 0) break;
        await sleep(Math.min(leftMs, longestSleepMs), signal);
      }
      return !signal.aborted;
    } catch (error) {
      if (isAppError(error, "aborted")) return false;
      throw error;
    }
  }
}
