import { toAppError, type AppError } from "../platform/errors";
import type { LedgerCursor, LinesRead } from "./ledger-cursor";

/** Lines as they come, each once: for whoever asks again and again. */
export class CursorFeed {
  /** Why the last look came to nothing, or no further. */
  failure: AppError | undefined;
  private looking: Promise<void> | undefined;

  /** `take` hears of the lines, in order. `isAccepted`: what a look may meet without having failed. @default nothing */
  constructor(
    private readonly cursor: LedgerCursor,
    private readonly take: (read: LinesRead) => void,
    private readonly isAccepted: (error: AppError) => boolean = () => false,
  ) {}

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
    try {
      for await (const read of this.cursor.more()) this.take(read);
      this.failure = undefined;
    } catch (thrown) {
      const error = toAppError(thrown);
      this.failure = this.isAccepted(error) ? undefined : error;
    }
  }
}
