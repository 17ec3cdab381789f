import { AppError } from "./errors";

/** Tells the time. Code that compares dates takes one, so that tests need no global patch. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Waits. MUST reject with code `aborted` as soon as the signal aborts, and MUST leave no timer behind. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(abortedError(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });

/** The reason of an aborted signal as our error: a deadline is `timeout`, everything else is `aborted`. */
export function abortedError(signal: AbortSignal | undefined): AppError {
  const reason: unknown = signal?.reason;
  if (reason instanceof AppError) return reason;
  if ((reason as { name?: unknown } | undefined)?.name === "TimeoutError")
    return new AppError("timeout", "the time allowed for this operation is over", { cause: reason });
  return new AppError("aborted", "the operation was cancelled", { cause: reason });
}
