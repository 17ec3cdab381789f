import type { Clock, Sleep } from "../../platform/clock";
import { AppError, isAppError } from "../../platform/errors";
import { TokenBucket } from "../../platform/token-bucket";
import type { ConfiguredIssuer } from "../config/config";

export interface OrderPaceOptions {
  readonly ordersPerHour: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

/** Let's Encrypt counts orders over three hours, and gives them back one by one (Let's Encrypt, "Rate limits"). */
const windowHours = 3;

/**
 * So many one after the other are not about one set of names or one domain, which have limits of their own, but about
 * the account, or the CA is out of order.
 */
const tellingFailures = 2;

interface Ca {
  readonly bucket: TokenBucket;
  /** Of the CA as a whole, as far as one order can tell, since the last order that came to its end. */
  failures: AppError[];
}

/**
 * Keeps each CA's limits: a steady pace, and no further order in this run once it refuses them for its limits, or does
 * not answer as it should.
 */
export class OrderPace {
  private readonly cas = new Map<string, Ca>();

  constructor(private readonly options: OrderPaceOptions) {}

  /** Errors: those of the order; the last one's again, without asking, where the CA has failed the last ones. */
  async run<T>(issuer: ConfiguredIssuer, signal: AbortSignal | undefined, order: () => Promise<T>): Promise<T> {
    const ca = this.caOf(issuer);
    refuseIfClosed(issuer, ca);
    await ca.bucket.take(signal);
    refuseIfClosed(issuer, ca);
    try {
      const result = await order();
      ca.failures = [];
      return result;
    } catch (error) {
      if (isOfCa(error)) ca.failures.push(error);
      throw error;
    }
  }

  private caOf({ directoryUrl }: ConfiguredIssuer): Ca {
    const { ordersPerHour, clock, sleep } = this.options;
    const pace = { perSecond: ordersPerHour / 3600, burst: ordersPerHour * windowHours };
    const ca = this.cas.get(directoryUrl) ?? { bucket: new TokenBucket({ ...pace, clock, sleep }), failures: [] };
    this.cas.set(directoryUrl, ca);
    return ca;
  }
}

/** Its limits, or what it answers to anybody: the DNS and AWS that an order works with have codes of their own. */
function isOfCa(error: unknown): error is AppError {
  if (!isAppError(error)) return false;
  if (error.code === "acme_rate_limited" || error.code === "acme_directory") return true;
  return error.retryable && (error.code === "acme_problem" || error.facts.directoryUrl !== undefined);
}

function refuseIfClosed({ name }: ConfiguredIssuer, { failures }: Ca): void {
  const last = failures.at(-1);
  if (last === undefined || failures.length < tellingFailures) return;
  throw new AppError(last.code, `${name} takes no more orders in this run: ${last.message}`, {
    hint: last.hint,
    retryAfterMs: last.retryAfterMs,
    facts: last.facts,
    cause: last,
  });
}
