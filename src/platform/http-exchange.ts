import type { Dispatcher } from "undici";
import type { HttpRequest } from "./http";

export interface ExchangeLimits {
  /** From now to the last octet of the answer, the wait for a connection included. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
}

export interface WholeAnswer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly body: string;
}

/** `timeoutMs` was over. */
export class NoAnswerInTime extends Error {}

/** The answer was longer than `maxBodyBytes`. */
export class BodyTooLong extends Error {}

/**
 * One request and its whole answer, straight from undici's dispatcher: without the streams of its `request`, which a
 * short answer does not need. Rejects with undici's errors, the reason
 * of the request's signal, `NoAnswerInTime` or `BodyTooLong`; the connection is given up then.
 */
export function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body, signal }: HttpRequest,
  { timeoutMs, maxBodyBytes }: ExchangeLimits,
): Promise<WholeAnswer> {
  const { origin, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    let running: Dispatcher.DispatchController | undefined;
    let answer: Omit<WholeAnswer, "body"> | undefined;
    const chunks: Buffer[] = [];
    let size = 0;
    let stopped: Error | undefined;
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stopBySignal);
    };
    const stop = (reason: Error) => {
      end();
      stopped = reason;
      reject(reason);
      running?.abort(reason);
    };
    const stopBySignal = () => stop(signal?.reason as Error);
    const timer = setTimeout(() => stop(new NoAnswerInTime()), timeoutMs).unref();
    if (signal?.aborted) return stopBySignal();
    signal?.addEventListener("abort", stopBySignal, { once: true });
    dispatcher.dispatch(
      { origin, path: pathname + search, method, headers, body },
      {
        onRequestStart: (controller) => {
          running = controller;
          if (stopped !== undefined) controller.abort(stopped);
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
          end();
          if (answer !== undefined) resolve({ ...answer, body: Buffer.concat(chunks).toString("utf8") });
        },
        onResponseError: (_, error) => {
          end();
          reject(error);
        },
      },
    );
  });
}
