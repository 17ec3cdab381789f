import { AppError } from "../platform/errors";
import { KeyedQueue } from "../platform/keyed-queue";

/**
 * How long an answer may take, in milliseconds. .NET and PowerShell wait 100 s; a write that is cut off here is still
 * read back before it is answered (write-record-set.ts).
 */
export const defaultDeadlineMs = 60_000;

export interface ZoneWriterLimits {
  /** Writes that may wait for one zone. @default 256 */
  readonly maxWaiting?: number;
  /** From the arrival of a write to its end, in milliseconds. @default defaultDeadlineMs */
  readonly deadlineMs?: number;
}

/**
 * One writer per zone: Edge DNS locks a whole zone for each write, so writes side by side would only fail. The queue and
 * the wait are bounded. Errors: `edge_dns_busy` for a write whose turn never came; it has done nothing.
 */
export class ZoneWriters {
  private readonly queue = new KeyedQueue();
  private readonly waiting = new Map<string, number>();
  private readonly maxWaiting: number;
  private readonly deadlineMs: number;

  constructor(limits: ZoneWriterLimits = {}) {
    this.maxWaiting = limits.maxWaiting ?? 256;
    this.deadlineMs = limits.deadlineMs ?? defaultDeadlineMs;
  }

  /** Runs `operation` when its turn has come. Its signal aborts at the deadline; from then on it must only settle. */
  async run<T>(zone: string, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const ahead = this.waiting.get(zone) ?? 0;
    if (ahead >= this.maxWaiting) throw busy(zone, `${ahead} writes are waiting already`);
    this.waiting.set(zone, ahead + 1);
    const deadline = new AbortController();
    return new Promise<T>((resolve, reject) => {
      let hasBegun = false;
      const timer = setTimeout(() => {
        const late = busy(zone, `no end within ${this.deadlineMs / 1000} s`);
        deadline.abort(late);
        if (!hasBegun) reject(late);
      }, this.deadlineMs);
      const turn = this.queue.run(zone, async () => {
        this.leave(zone);
        if (deadline.signal.aborted) throw deadline.signal.reason;
        hasBegun = true;
        return operation(deadline.signal);
      });
      turn.finally(() => clearTimeout(timer)).then(resolve, reject);
    });
  }

  private leave(zone: string): void {
    const left = (this.waiting.get(zone) ?? 1) - 1;
    if (left > 0) this.waiting.set(zone, left);
    else this.waiting.delete(zone);
  }
}

function busy(zone: string, why: string): AppError {
  return new AppError("edge_dns_busy", `the zone ${zone} is busy: ${why}`, { retryable: true });
}
