import { AppError, isAppError } from "../platform/errors";
import { boundedSignal, type AcmeAnswer, type AcmeCallOptions } from "./call";
import type { AcmeConnection } from "./connection";

export interface PollOptions extends AcmeCallOptions {
  /** Wait before the first look; it doubles with each further one. @default 100 ms */
  readonly firstDelayMs?: number;
  /** No wait of our own is longer. @default 5,000 ms */
  readonly maxDelayMs?: number;
  /** A Retry-After that asks for more is cut to this. @default 60,000 ms */
  readonly maxRetryAfterMs?: number;
  /** @default 600,000 ms: some CAs take minutes to sign */
  readonly timeoutMs?: number;
}

/** What `poll` waits for. */
export interface Polled<T> {
  /** Begins the message when time is over: "the order for app.example.gov is not ready". */
  readonly what: string;
  /** What the last request gave, if there was one. */
  readonly first?: AcmeAnswer<T>;
  readonly ask: (signal: AbortSignal | undefined) => Promise<AcmeAnswer<T>>;
  readonly isDone: (value: T) => boolean;
}

/**
 * Asks until the answer is a final one. Between two questions it waits for our own growing delay, or for the CA's
 * Retry-After where that is longer (RFC 8555 7.5.1). Errors: `timeout`, `aborted`, and those of `ask`.
 */
export async function poll<T>(connection: AcmeConnection, polled: Polled<T>, options: PollOptions = {}): Promise<T> {
  const { firstDelayMs = 100, maxDelayMs = 5_000, maxRetryAfterMs = 60_000, timeoutMs = 600_000 } = options;
  const signal = boundedSignal({ signal: options.signal, timeoutMs });
  let answer = polled.first;
  try {
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, maxDelayMs)) {
      if (answer !== undefined && polled.isDone(answer.value)) return answer.value;
      await connection.sleep(Math.max(delayMs, Math.min(answer?.retryAfterMs ?? 0, maxRetryAfterMs)), signal);
      answer = await polled.ask(signal);
    }
  } catch (error) {
    if (!isAppError(error, "timeout") || error.retryable) throw error;
    throw new AppError("timeout", `${polled.what} after ${timeoutMs / 1000} s`, { retryable: true, cause: error });
  }
}
