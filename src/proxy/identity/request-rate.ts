import { systemClock, type Clock } from "../../platform/clock";

export interface RateVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  /** Requests left at once. */
  readonly remaining: number;
  /** When the next request will be allowed; the present where it is. */
  readonly next: Date;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Requests per client: a bucket that holds a minute's worth and fills evenly. */
export class RequestRate {
  private readonly buckets = new Map<string, Bucket>();
  private lookedThroughAt = 0;

  constructor(private readonly clock: Clock = systemClock) {}

  take(client: string, requestsPerMinute: number): RateVerdict {
    const now = this.clock.now().getTime();
    const perMs = requestsPerMinute / 60_000;
    const before = this.buckets.get(client) ?? { tokens: requestsPerMinute, at: now };
    const tokens = Math.min(requestsPerMinute, before.tokens + Math.max(0, now - before.at) * perMs);
    const allowed = tokens >= 1;
    const left = allowed ? tokens - 1 : tokens;
    this.buckets.set(client, { tokens: left, at: now });
    this.forget(now);
    const waitMs = left >= 1 ? 0 : Math.ceil((1 - left) / perMs);
    return { allowed, limit: requestsPerMinute, remaining: Math.floor(left), next: new Date(now + waitMs) };
  }

  /** After a minute a bucket is full, which is what a new one is; so they are looked through once a minute. */
  private forget(now: number): void {
    if (now - this.lookedThroughAt < 60_000) return;
    this.lookedThroughAt = now;
    for (const [client, { at }] of this.buckets) if (now - at >= 60_000) this.buckets.delete(client);
  }
}
