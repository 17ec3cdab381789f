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
 * So many refusals one after the other are not about one set of names or one domain, which have limits of their own, but
 * about the account.
 */
const tellingRefusals = 2;

interface Ca {
  readonly bucket: TokenBucket;
  /** For its limits, since the last order it took. */
  refusals: AppError[];
}

/** Keeps each CA's limits: a steady pace, and no further order in this run once it refuses them for its limits. */
export class OrderPace {
  private readonly cas = new Map<string, Ca>();

  constructor(private readonly options: OrderPaceOptions) {}

  /** Errors: those of the order; `acme_rate_limited` without asking where the CA has refused the last ones. */
  async run<T>(issuer: ConfiguredIssuer, signal: AbortSignal | undefined, order: () => Promise<T>): Promise<T> {
    const ca = this.caOf(issuer);
    refuseIfClosed(issuer, ca);
    await ca.bucket.take(signal);
    refuseIfClosed(issuer, ca);
    try {
      const result = await order();
      ca.refusals = [];
      return result;
    } catch (error) {
      if (isAppError(error, "acme_rate_limited")) ca.refusals.push(error);
      throw error;
    }
  }

  private caOf({ directoryUrl }: ConfiguredIssuer): Ca {
    const { ordersPerHour, clock, sleep } = this.options;
    const pace = { perSecond: ordersPerHour / 3600, burst: ordersPerHour * windowHours };
    const ca = this.cas.get(directoryUrl) ?? { bucket: new TokenBucket({ ...pace, clock, sleep }), refusals: [] };
    this.cas.set(directoryUrl, ca);
    return ca;
  }
}

function refuseIfClosed({ name }: ConfiguredIssuer, { refusals }: Ca): void {
  const last = refusals.at(-1);
  if (last === undefined || refusals.length < tellingRefusals) return;
  throw new AppError("acme_rate_limited", `${name} takes no more orders in this run: ${last.message}`, {
    hint: last.hint,
    retryAfterMs: last.retryAfterMs,
    facts: last.facts,
    cause: last,
  });
}
