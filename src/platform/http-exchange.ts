import type { Dispatcher } from "undici";
import type { HttpRequest } from "./http";

export interface ExchangeLimits {
  /** Ends the exchange at any time, also while it waits for a connection. */
  readonly signal: AbortSignal;
  readonly maxBodyBytes: number;
}

export interface WholeAnswer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly body: string;
}

/** The answer was longer than `maxBodyBytes`. */
export class BodyTooLong extends Error {}

/**
 * One request and its whole answer, straight from undici's dispatcher: without the streams of its `request`, which a
 * short answer does not need. Rejects with undici's errors, the signal's reason or `BodyTooLong`.
 */
export function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body }: HttpRequest,
  { signal, maxBodyBytes }: ExchangeLimits,
): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    let running: Dispatcher.DispatchController | undefined;
    let answer: Omit<WholeAnswer, "body"> | undefined;
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (reason: Error) => {
      reject(reason);
      running?.abort(reason);
    };
    const stopBySignal = () => stop(signal.reason as Error);
    if (signal.aborted) return stopBySignal();
    signal.addEventListener("abort", stopBySignal, { once: true });
    const { origin, pathname, search } = new URL(url);
    dispatcher.dispatch(
      { origin, path: pathname + search, method, headers, body },
      {
        onRequestStart: (controller) => {
          running = controller;
          if (signal.aborted) stopBySignal();
        },
        // comes for 1xx, too; the last one counts
        onResponseStart: (_, status, received) => {
          answer = { status, headers: received };
        },
        onResponseData: (_, chunk) => {
          size += chunk.length;
          if (size > maxBodyBytes) stop(new BodyTooLong());
          else chunks.push(chunk);
        },
        onResponseEnd: () => {
          if (answer !== undefined) resolve({ ...answer, body: Buffer.concat(chunks).toString("utf8") });
        },
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}
