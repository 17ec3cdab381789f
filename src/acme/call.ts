/**
 * One step against the CA: what it is called in messages, whose connection it uses, and how long it may take. The
 * library between here and the wire passes none of that on, so the adapter finds it in asynchronous context.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { withDeadline } from "../platform/deadline";
import { AppError, messageOf } from "../platform/errors";
import { retry } from "../platform/retry";
import type { AcmeConnection } from "./connection";

export interface AcmeCallOptions {
  /** Ends waiting and requests at once, with `aborted`. */
  readonly signal?: AbortSignal;
  /** Bound of the whole operation, retries and polls included; `timeout` when it is over. */
  readonly timeoutMs?: number;
}

export interface AcmeAnswer<T> {
  readonly value: T;
  /** Retry-After of the last answer, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** What the adapter needs to know of the step it serves, and what it leaves there. */
export interface CallContext {
  readonly connection: AcmeConnection;
  /** Begins error messages: "cannot create the order for app.example.gov". */
  readonly what: string;
  readonly signal?: AbortSignal;
  retryAfterMs?: number;
  /** The last answer, if it was a refusal that the library treats on its own. */
  refusal?: AppError;
}

const contexts = new AsyncLocalStorage<CallContext>();

export function currentCall(): CallContext | undefined {
  return contexts.getStore();
}

/**
 * Runs a step with retries. Each try runs the whole step and so signs anew: a signed request must never be sent twice
 * (RFC 8555 6.5). Every error is an AppError.
 */
export async function acmeCall<T>(
  connection: AcmeConnection,
  what: string,
  step: () => Promise<T>,
  options: AcmeCallOptions = {},
): Promise<AcmeAnswer<T>> {
  const signal = boundedSignal(options);
  return retry(
    async () => {
      const context: CallContext = { connection, what, signal };
      try {
        const value = await contexts.run(context, step);
        return { value, retryAfterMs: context.retryAfterMs };
      } catch (error) {
        throw translate(error, context);
      }
    },
    { policy: connection.retryPolicy, signal, sleep: connection.sleep, random: connection.random },
  );
}

/** The caller's signal and the time limit as one signal. */
export function boundedSignal(options: AcmeCallOptions): AbortSignal | undefined {
  if (options.timeoutMs === undefined) return options.signal;
  return withDeadline(options.signal, options.timeoutMs);
}

function translate(error: unknown, { what, refusal }: CallContext): AppError {
  if (error instanceof AppError) return error;
  if (refusal !== undefined) return refusal;
  return new AppError("acme_problem", `${what}: ${messageOf(error) || "the CA's answer cannot be used"}`, {
    cause: error,
  });
}
