import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock, Sleep } from "../platform/clock";
import { messageOf, AppError } from "../platform/errors";
import { HashChain } from "../platform/hash-chain/hash-chain";
import { retry, type RetryPolicy } from "../platform/retry";
import type { Ledger } from "./ledger";
import type { LedgerEntry } from "./ledger-entry";

/** Another program has the file for the few milliseconds that an append takes: 30 s in all. */
const lockPolicy: RetryPolicy = { attempts: 300, firstDelayMs: 5, maxDelayMs: 100 };

export interface FileLedgerOptions {
  readonly clock?: Clock;
  readonly sleep?: Sleep;
}

/**
 * A ledger in a hash-chained file that several programs on one machine write to: each has it for one append only. What is
 * on record is on the disk (fdatasync).
 */
export class FileLedger implements Ledger {
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly options: FileLedgerOptions = {},
  ) {}

  append(entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    const { sleep } = this.options;
    const isRetryable = ({ code }: AppError) => code === "locked";
    const done = this.tail.then(() => retry(() => this.write(entries), { policy: lockPolicy, isRetryable, sleep }));
    this.tail = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.tail;
  }

  private async write(entries: readonly LedgerEntry[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw new AppError("store_unwritable", `cannot make the folder of ${this.path}: ${messageOf(error)}`);
    });
    const chain = await HashChain.open(this.path, { clock: this.options.clock });
    try {
      // what is appended in one turn is written as one
      await Promise.all(entries.map((entry) => chain.append(entry)));
    } finally {
      await chain.close();
    }
  }
}
