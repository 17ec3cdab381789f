/** Time limits as signals. */
import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";

/**
 * Aborts with the caller's signal, or with a TimeoutError when the time is over; its timer keeps no process alive.
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: `any` refers to its sources weakly, so that Node 20's
 * garbage collector takes the timeout away, and the limit never comes.
 */
export function withDeadline(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
  const deadline = new AbortController();
  setTimeout(() => deadline.abort(timeIsOver()), timeoutMs).unref();
  return listenedToByMany(signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]));
}

/** The same for one operation: when it ends, nothing is left that waits for the signal or the time. */
export async function within<T>(
  signal: AbortSignal | undefined,
  timeoutMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const stop = () => limit.abort(signal?.reason);
  if (signal?.aborted) stop();
  else signal?.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(() => limit.abort(timeIsOver()), timeoutMs).unref();
  try {
    return await operation(listenedToByMany(limit.signal));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** Which part of its time a `SharedDeadline` may end too early. */
const tolerance = 1 / 50;

/**
 * One limit for what happens thousands of times a second: operations that begin together end together, so they share
 * one signal and one timer. A limit ends when its time is over or, for those that began last, a little earlier.
 */
export class SharedDeadline {
  private current: AbortSignal | undefined;
  private joinUntil = 0;

  /** `now`: milliseconds of a clock that never jumps. */
  constructor(
    readonly timeoutMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** For an operation that begins now. */
  signal(): AbortSignal {
    const now = this.now();
    if (this.current === undefined || now > this.joinUntil) {
      this.current = withDeadline(undefined, this.timeoutMs);
      this.joinUntil = now + this.timeoutMs * tolerance;
    }
    return this.current;
  }
}

function timeIsOver(): DOMException {
  return new DOMException("the time allowed for this operation is over", "TimeoutError");
}

/** One operation may wait for many things at once: the warning that Node prints at the eleventh listener means nothing here. */
export function listenedToByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
