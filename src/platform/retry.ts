import { abortedError, sleep as realSleep, type Sleep } from "./clock";
import { AppError, toAppError } from "./errors";

export interface RetryPolicy {
  /** Tries in all, the first one included. */
  readonly attempts: number;
  /** Wait before the second try, in milliseconds; it doubles with each further one. */
  readonly firstDelayMs: number;
  /** No wait is longer than this; a Retry-After that is longer ends the retries. */
  readonly maxDelayMs: number;
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal;
  /** @default errors that say they are retryable */
  readonly isRetryable?: (error: AppError) => boolean;
  /** Called before each wait, for logs. */
  readonly onRetry?: (error: AppError, attempt: number, delayMs: number) => void;
  /** @default the real one */
  readonly sleep?: Sleep;
  /** Fraction 0..1 that spreads waits of many clients. @default Math.random */
  readonly random?: () => number;
}

/** Runs `operation` until it succeeds, is not worth another try, or the policy is used up; then throws its last error. */
export async function retry<T>(operation: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, signal } = options;
  const wait = options.sleep ?? realSleep;
  const random = options.random ?? Math.random;
  const isRetryable = options.isRetryable ?? ((error) => error.retryable);
  let last: AppError | undefined;
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) throw abortedError(signal);
    try {
      return await operation(attempt);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (signal?.aborted) throw overdue(error, last);
      last = error;
      if (error.code === "aborted" || attempt >= policy.attempts || !isRetryable(error)) throw error;
      const asked = error.retryAfterMs ?? 0;
      if (asked > policy.maxDelayMs) throw error;
      const backoff = Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.maxDelayMs);
      const delayMs = Math.max(asked, backoff * (0.5 + random() / 2));
      options.onRetry?.(error, attempt, delayMs);
      await wait(delayMs, signal).catch((stopped: unknown) => {
        throw overdue(toAppError(stopped), error);
      });
    }
  }
}

/** When time is over, what went wrong before is what the user has to know. */
function overdue(stopped: AppError, last: AppError | undefined): AppError {
  if (stopped.code !== "timeout" || last === undefined) return stopped;
  const { hint, facts, retryAfterMs } = last;
  const message = `${stopped.message}; the last try: ${last.message}`;
  return new AppError("timeout", message, { hint, facts, retryAfterMs, cause: last });
}
