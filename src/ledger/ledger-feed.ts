import { AppError } from "../platform/errors";
import { ChainCheck } from "../platform/hash-chain/chain-check";
import { CursorFeed } from "./cursor-feed";
import { openCursor, type LinesRead } from "./ledger-cursor";
import type { LedgerOptions } from "./open-ledger";
import { parseLedgerLine, type LedgerLine } from "./ledger-line";

export interface LedgerFeedOptions extends LedgerOptions {
  /** Whether a file that is not there is a failure, and not a ledger in which nothing was entered yet. @default false */
  readonly mustExist?: boolean;
}

/** Entries of a ledger as they come, each once, whose chain is checked on the way: for whoever asks again and again. */
export class LedgerFeed {
  private readonly feed: CursorFeed;
  private readonly check = new ChainCheck();
  private hasBegun = false;
  private isBroken = false;

  /** `take` hears of each entry, in order. Errors: `invalid_config`. */
  constructor(
    private readonly place: string,
    private readonly take: (entry: LedgerLine) => void,
    { mustExist = false, ...options }: LedgerFeedOptions = {},
  ) {
    this.feed = new CursorFeed(
      openCursor(place, options),
      (read) => this.takeAll(read),
      ({ code }) => code === "missing_file" && !this.hasBegun && !mustExist,
    );
  }

  /** Why the last look came to nothing, or no further: what was read before is as it was written. */
  get failure(): AppError | undefined {
    return this.feed.failure;
  }

  /** Takes what was added since the last look, unless the chain was broken by then. Never rejects: `failure` says what is wrong. */
  async refresh(): Promise<void> {
    if (!this.isBroken) await this.feed.refresh();
  }

  async close(): Promise<void> {
    await this.feed.close();
  }

  /** Errors: `chain_broken`. */
  private takeAll({ lines, isBeginning }: LinesRead): void {
    if (isBeginning) {
      if (this.hasBegun) this.check.endFile();
      this.check.beginFile(this.place);
      this.hasBegun = true;
    }
    for (const octets of lines) {
      const before = this.check.entries;
      const fault = this.check.line(octets, true);
      if (fault !== undefined) {
        this.isBroken = true;
        throw new AppError("chain_broken", `${this.place}, at entry ${fault.seq}: ${fault.message}`, {
          hint: "unexpired ledger verify tells more; find out who touched it",
        });
      }
      // what a crash cut off is no entry, and neither is what somebody changed
      if (this.check.entries === before) continue;
      const entry = parseLedgerLine(octets.toString("utf8"));
      if (entry !== undefined) this.take(entry);
    }
  }
}
