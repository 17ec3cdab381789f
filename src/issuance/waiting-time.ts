import type { Clock } from "../platform/clock";

/** How long an operation has waited for others so far; waits side by side count once. */
export class WaitingTime {
  private waits = 0;
  private since = 0;
  private endedMs = 0;

  constructor(private readonly clock: Clock) {}

  get milliseconds(): number {
    return this.endedMs + (this.waits > 0 ? this.now() - this.since : 0);
  }

  /** What `wait` comes to. */
  async during<T>(wait: Promise<T>): Promise<T> {
    if (this.waits++ === 0) this.since = this.now();
    try {
      return await wait;
    } finally {
      if (--this.waits === 0) this.endedMs += this.now() - this.since;
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
