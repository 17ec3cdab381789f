import { abortedError, type Clock, type Sleep } from "../../../src/platform/clock";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until the test moves it; sleepers wake in the order of their times. */
export class SteppedTime implements Clock {
  private sleepers: Sleeper[] = [];
  /** How long each sleep was to take, in milliseconds. */
  readonly slept: number[] = [];

  constructor(private time: Date) {}

  now(): Date {
    return new Date(this.time);
  }

  readonly sleep: Sleep = (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortedError(signal));
      this.slept.push(ms);
      const abort = () => {
        this.sleepers = this.sleepers.filter((each) => each !== sleeper);
        reject(abortedError(signal));
      };
      const wake = () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const sleeper = { until: this.time.getTime() + ms, wake };
      this.sleepers.push(sleeper);
      signal?.addEventListener("abort", abort);
    });

  /** Lets time pass, as slowly as those who sleep need to see every moment of theirs. */
  async passUntil(moment: string): Promise<void> {
    const end = Date.parse(moment);
    for (;;) {
      await settled();
      const [next] = this.sleepers.sort((left, right) => left.until - right.until);
      if (next === undefined || next.until > end) break;
      this.sleepers = this.sleepers.filter((each) => each !== next);
      this.time = new Date(next.until);
      next.wake();
    }
    this.time = new Date(end);
  }
}

/** What was woken has gone on as far as it can. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
