import type { Dispatcher } from "undici";
import type { HttpRequest, HttpResponse } from "./http";
import { onAbort } from "./on-abort";

export interface ExchangeLimits {
  /** Aborts when the last octet of the answer has to be there, the wait for a connection included. */
  readonly deadline: AbortSignal;
  readonly maxBodyBytes: number;
}

/** The deadline was over. */
export class NoAnswerInTime extends Error {}

/** The answer was longer than `maxBodyBytes`. */
export class BodyTooLong extends Error {}

/**
 * One request and its whole answer, straight from undici's dispatcher: without the streams of its `request`, which a
 * short answer does not need. Rejects with undici's errors, the reason of the request's signal, `NoAnswerInTime` or
 * `BodyTooLong`; the connection is given up then.
 */
export function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body, encoding = "utf8", signal }: HttpRequest,
  limits: ExchangeLimits,
): Promise<HttpResponse> {
  const { origin, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const running = new Exchange(limits, encoding, signal, resolve, reject);
    dispatcher.dispatch({ origin, path: pathname + search, method, headers, body }, running);
  });
}

type ReceivedHeaders = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private stopped: Error | undefined;
  private status = 0;
  private headers: ReceivedHeaders = {};
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private readonly forgetDeadline: () => void;
  private readonly forgetSignal: (() => void) | undefined;

  constructor(
    private readonly limits: ExchangeLimits,
    private readonly encoding: BufferEncoding,
    signal: AbortSignal | undefined,
    private readonly resolve: (answer: HttpResponse) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.forgetDeadline = onAbort(limits.deadline, () => this.stop(new NoAnswerInTime()));
    this.forgetSignal = signal && onAbort(signal, () => this.stop(signal.reason as Error));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.stopped !== undefined) controller.abort(this.stopped);
  }

  /** Comes for 1xx, too; the last one counts. */
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: ReceivedHeaders): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size > this.limits.maxBodyBytes) this.stop(new BodyTooLong());
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.end();
    const [first] = this.chunks;
    const octets = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks);
    this.resolve({ status: this.status, headers: single(this.headers), body: octets.toString(this.encoding) });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.end();
    this.reject(error);
  }

  private stop(reason: Error): void {
    this.end();
    this.stopped = reason;
    this.reject(reason);
    this.controller?.abort(reason);
  }

  private end(): void {
    this.forgetDeadline();
    this.forgetSignal?.();
  }
}

/** Undici has the names in lower case. */
function single(headers: ReceivedHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    const one = !Array.isArray(value) ? value : name === "link" ? value.join(", ") : value.at(-1);
    if (one !== undefined) flat[name] = one;
  }
  return flat;
}
