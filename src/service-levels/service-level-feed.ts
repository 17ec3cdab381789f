import { LedgerFeed, type LedgerFeedOptions } from "../ledger/ledger-feed";
import type { LedgerLine } from "../ledger/ledger-line";
import type { AppError } from "../platform/errors";
import { LedgerFold, type FoldOptions } from "./fold-ledger";
import { serviceLevelMetrics } from "./service-level-metrics";
import { serviceLevels, type ServiceLevel, type ServiceLevelInput } from "./service-levels";

export interface ServiceLevelFeedOptions extends FoldOptions, LedgerFeedOptions {
  /** A file or a database, as `openLedger` takes it. */
  readonly place: string;
  /** Hears of each entry as well, in order: for whoever shows more than service levels. */
  readonly onEntry?: (entry: LedgerLine) => void;
}

/** What else there is to see, at the moment of a question. */
export type Seen = Omit<ServiceLevelInput, "ledger">;

/** Service levels of a ledger that goes on: a question reads what was added since the one before. */
export class ServiceLevelFeed {
  readonly ledger: LedgerFold;
  private readonly feed: LedgerFeed;

  /** Nothing is opened before the first question. Errors: `invalid_config`. */
  constructor({ place, onEntry, ownIssuers, replacementLimitMs, ...options }: ServiceLevelFeedOptions) {
    this.ledger = new LedgerFold({ ownIssuers, replacementLimitMs });
    const take = (entry: LedgerLine) => {
      this.ledger.add(entry);
      onEntry?.(entry);
    };
    this.feed = new LedgerFeed(place, take, options);
  }

  /** Why the ledger cannot be read, or is not as it was written, by the last look. */
  get failure(): AppError | undefined {
    return this.feed.failure;
  }

  /** Reads what was added. Never rejects: `failure` says what is wrong, and what was read before stays. */
  refresh(): Promise<void> {
    return this.feed.refresh();
  }

  /** Of what was read. */
  levels(seen: Seen): readonly ServiceLevel[] {
    return serviceLevels({ ledger: this.ledger, ...seen });
  }

  /** Of what was read, in Prometheus's text format. */
  metrics(seen: Seen): string {
    return serviceLevelMetrics({ ledger: this.ledger, ...seen, isLedgerUp: this.failure === undefined });
  }

  async close(): Promise<void> {
    await this.feed.close();
  }
}
