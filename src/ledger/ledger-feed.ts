import { AppError, toAppError } from "../platform/errors";
import { ChainCheck } from "../platform/hash-chain/chain-check";
import { openCursor, type LedgerCursor, type LinesRead } from "./ledger-cursor";
import type { LedgerOptions } from "./open-ledger";
import { parseLedgerLine, type LedgerLine } from "./ledger-line";

/** Entries of a ledger as they come, each once, whose chain is checked on the way: for whoever asks again and again. */
export class LedgerFeed {
  /** Why the last look came to nothing, or no further: what was read before is as it was written. */
  failure: AppError | undefined;
  private readonly cursor: LedgerCursor;
  private readonly check = new ChainCheck();
  private hasBegun = false;
  private isBroken = false;
  private looking: Promise<void> | undefined;

  /** `take` hears of each entry, in order. Errors: `invalid_config`. */
  constructor(
    private readonly place: string,
    private readonly take: (entry: LedgerLine) => void,
    options: LedgerOptions = {},
  ) {
    this.cursor = openCursor(place, options);
  }

  /** Takes what was added since the last look. Never rejects: `failure` says what is wrong. Looks at once are one. */
  refresh(): Promise<void> {
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return this.looking;
  }

  async close(): Promise<void> {
    await this.looking;
    await this.cursor.close();
  }

  private async look(): Promise<void> {
    if (this.isBroken) return;
    try {
      for await (const read of this.cursor.more()) this.takeAll(read);
      this.failure = undefined;
    } catch (thrown) {
      const error = toAppError(thrown);
      // where nothing was entered yet there is no file
      this.failure = error.code === "missing_file" && !this.hasBegun ? undefined : error;
    }
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
