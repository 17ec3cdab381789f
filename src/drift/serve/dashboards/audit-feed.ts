import { openCursor, type LedgerCursor } from "../../../ledger/ledger-cursor";
import { toAppError, type AppError } from "../../../platform/errors";

/** The lines of an audit trail as they come, each once: for whoever asks again and again. */
export class AuditFeed {
  /** Why the last look came to nothing, or no further. */
  failure: AppError | undefined;
  private readonly cursor: LedgerCursor;
  private looking: Promise<void> | undefined;

  /** `take` hears of each line, in order. */
  constructor(
    file: string,
    private readonly take: (line: string) => void,
  ) {
    this.cursor = openCursor(file);
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
    try {
      for await (const { lines } of this.cursor.more()) for (const line of lines) this.take(line.toString("utf8"));
      this.failure = undefined;
    } catch (error) {
      this.failure = toAppError(error);
    }
  }
}
