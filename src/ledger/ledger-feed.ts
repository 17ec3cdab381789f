import { systemClock, type Clock } from "../platform/clock";
import { AppError } from "../platform/errors";
import { ChainCheck } from "../platform/hash-chain/chain-check";
import type { ChainHead } from "../platform/hash-chain/chain-line";
import { CursorFeed } from "./cursor-feed";
import { isAsWritten } from "./is-as-written";
import { openCursor, type LinesRead } from "./ledger-cursor";
import type { LedgerOptions } from "./open-ledger";
import { parseLedgerLine, type LedgerLine } from "./ledger-line";

/** A broken ledger is read from its beginning to see whether it was put right: for a million entries, some seconds. */
const betweenTriesMs = 60_000;

/** Whoever takes a ledger away and begins another one does not silence the alarm with that. */
const toldForMs = 3600_000;

export interface LedgerFeedOptions extends LedgerOptions {
  /** Whether a file that is not there is a failure, and not a ledger in which nothing was entered yet. @default false */
  readonly mustExist?: boolean;
}

interface Break {
  readonly sinceMs: number;
  triedMs: number;
}

/** Entries of a ledger as they come, each once, whose chain is checked on the way: for whoever asks again and again. */
export class LedgerFeed {
  private feed: CursorFeed;
  private check = new ChainCheck();
  private hasBegun = false;
  private broken: Break | undefined;
  /** Whether an entry was not taken before the chain broke. */
  private isNew: (entry: LedgerLine) => boolean = () => true;
  /** RFC 3339, of the last one that was taken. */
  private latest = "";
  private looking: Promise<void> | undefined;
  private readonly clock: Clock;

  /** `take` hears of each entry, in order. Errors: `invalid_config`. */
  constructor(
    private readonly place: string,
    private readonly take: (entry: LedgerLine) => void,
    private readonly options: LedgerFeedOptions = {},
  ) {
    this.clock = options.clock ?? systemClock;
    this.feed = this.open();
  }

  /** Why the last look came to nothing, or no further: what was read before is as it was written. */
  get failure(): AppError | undefined {
    return this.feed.failure;
  }

  /**
   * Takes what was added since the last look. Where the chain is broken, nothing, until the ledger is as it was again; or
   * until it was told for an hour, and what is there by then is a chain without fault, begun anew. Looked for once a minute.
   * Never rejects: `failure` says what is wrong. Looks at once are one.
   */
  refresh(): Promise<void> {
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return this.looking;
  }

  async close(): Promise<void> {
    await this.looking;
    await this.feed.close();
  }

  private async look(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    if (this.broken !== undefined && !(await this.isPutRight(this.broken, nowMs))) return;
    await this.feed.refresh();
    if (this.failure?.code === "chain_broken") this.broken = { sinceMs: nowMs, triedMs: nowMs };
  }

  /** If so, the next look begins at the beginning. */
  private async isPutRight(broken: Break, nowMs: number): Promise<boolean> {
    if (nowMs - broken.triedMs < betweenTriesMs) return false;
    broken.triedMs = nowMs;
    const { check, latest } = this;
    const last = check.entries > 0 ? check.last : undefined;
    if (last !== undefined && (await this.isAsWritten(last))) this.isNew = ({ seq }) => seq > last.seq;
    else if (nowMs - broken.sinceMs >= toldForMs && (await this.isAsWritten(undefined)))
      this.isNew = ({ time }) => time > latest;
    else return false;
    await this.feed.close();
    [this.feed, this.check, this.broken, this.hasBegun] = [this.open(), new ChainCheck(), undefined, false];
    return true;
  }

  private isAsWritten(known: ChainHead | undefined): Promise<boolean> {
    return isAsWritten(this.place, known, this.options);
  }

  private open(): CursorFeed {
    const { mustExist = false, ...options } = this.options;
    return new CursorFeed(
      openCursor(this.place, options),
      (read) => this.takeAll(read),
      ({ code }) => code === "missing_file" && !this.hasBegun && !mustExist,
    );
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
      if (fault !== undefined)
        throw new AppError("chain_broken", `${this.place}, at entry ${fault.seq}: ${fault.message}`, {
          hint: "unexpired ledger verify tells more; find out who touched it",
        });
      // what a crash cut off is no entry, and neither is what somebody changed
      if (this.check.entries === before) continue;
      const entry = parseLedgerLine(octets.toString("utf8"));
      if (entry === undefined || !this.isNew(entry)) continue;
      this.latest = entry.time;
      this.take(entry);
    }
  }
}
