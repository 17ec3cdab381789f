import type { Clock } from "../../../platform/clock";
import { problems } from "../problems";
import type { AcmeCaRateLimits, RateLimit } from "./rate-limits";

type LimitName = keyof AcmeCaRateLimits;

/** Token buckets per limit and key. `check` looks, `spend` takes: some limits are spent later than they are checked. */
export class RateLimiter {
  /** When the bucket will be full again, in milliseconds since the epoch: all that a bucket needs to remember. */
  private readonly fullAt = new Map<string, number>();

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
    if (limit) this.fullAt.set(bucketOf(name, key), this.timeOfFull(name, key) + msPerToken(limit));
  }

  /** Whole seconds, at least 1 when there is anything to wait for; 0 when there is not. */
  private secondsUntilToken(name: LimitName, key: string): number {
    const limit = this.limits[name];
    if (limit === undefined) return 0;
    const untilFull = this.timeOfFull(name, key) - this.clock.now().getTime();
    const wait = untilFull - (limit.count - 1) * msPerToken(limit);
    // Half a millisecond is rounding: who waits as long as told must be let in.
    return Math.max(0, Math.ceil((wait - 0.5) / 1000));
  }

  private timeOfFull(name: LimitName, key: string): number {
    const now = this.clock.now().getTime();
    return Math.max(now, this.fullAt.get(bucketOf(name, key)) ?? now);
  }
}

function msPerToken({ count, perSeconds }: RateLimit): number {
  return (perSeconds * 1000) / count;
}

function bucketOf(name: LimitName, key: string): string {
  return `${name} ${key}`;
}
