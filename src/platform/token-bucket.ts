import type { Clock, Sleep } from "./clock";

export interface TokenBucketOptions {
  readonly perSecond: number;
  /** Tokens that may be taken at once after a pause. */
  readonly burst: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

/** Lets callers pass at a steady rate, in the order they came. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(private readonly options: TokenBucketOptions) {
    this.tokens = options.burst;
    this.filledAt = options.clock.now().getTime();
  }

  /** Resolves when the caller may go on. Who gives up waiting gives its turn back. */
  async take(signal?: AbortSignal): Promise<void> {
    this.fill();
    this.tokens -= 1;
    if (this.tokens >= 0) return;
    try {
      await this.options.sleep((-this.tokens / this.options.perSecond) * 1000, signal);
    } catch (error) {
      this.tokens += 1;
      throw error;
    }
  }

  private fill(): void {
    const now = this.options.clock.now().getTime();
    const gained = (Math.max(0, now - this.filledAt) / 1000) * this.options.perSecond;
    this.tokens = Math.min(this.options.burst, this.tokens + gained);
    this.filledAt = now;
  }
}
