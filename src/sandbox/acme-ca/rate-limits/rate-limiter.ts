import type { Clock } from "../../../platform/clock";
import { problems } from "../problems";
import type { AcmeCaRateLimits, RateLimit } from "./rate-limits";

interface Bucket {
  tokens: number;
  /** Milliseconds since the epoch. */
  filledAt: number;
}

type LimitName = keyof AcmeCaRateLimits;

/** Token buckets per limit and key. `check` looks, `spend` takes: some limits are spent later than they are checked. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limits: AcmeCaRateLimits,
    private readonly clock: Clock,
  ) {}

  /** Throws rateLimited with Retry-After if the bucket is empty. `what` completes "too many …". */
  check(name: LimitName, key: string, what: string): void {
    const wait = this.secondsUntilToken(name, key);
    const limit = this.limits[name];
    if (wait === 0 || limit === undefined) return;
    const until = new Date(this.clock.now().getTime() + wait * 1000).toISOString();
    const rule = `${limit.count} in ${limit.perSeconds / 3600} h`;
    throw problems.rateLimited(`too many ${what} (${rule}), retry after ${until}`, wait);
  }

  /** Takes a token, or throws serviceBusy: the limits on requests per second. */
  admit(name: LimitName, address: string): void {
    const wait = this.secondsUntilToken(name, address);
    if (wait > 0) throw problems.serviceBusy(wait);
    this.spend(name, address);
  }

  spend(name: LimitName, key: string): void {
    const limit = this.limits[name];
    if (limit) this.bucket(name, key, limit).tokens--;
  }

  /** Whole seconds, at least 1 when there is anything to wait for; 0 when there is not. */
  private secondsUntilToken(name: LimitName, key: string): number {
    const limit = this.limits[name];
    if (limit === undefined) return 0;
    const { tokens } = this.bucket(name, key, limit);
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) * limit.perSeconds) / limit.count));
  }

  private bucket(name: LimitName, key: string, limit: RateLimit): Bucket {
    const now = this.clock.now().getTime();
    const id = `${name} ${key}`;
    const bucket = this.buckets.get(id) ?? { tokens: limit.count, filledAt: now };
    const gained = ((now - bucket.filledAt) / 1000) * (limit.count / limit.perSeconds);
    bucket.tokens = Math.min(limit.count, bucket.tokens + gained);
    bucket.filledAt = now;
    this.buckets.set(id, bucket);
    return bucket;
  }
}
