/** Time limits as signals. */
import { setMaxListeners } from "node:events";

/**
 * Aborts with the caller's signal, or with a TimeoutError when the time is over; its timer keeps no process alive.
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: `any` refers to its sources weakly, so that Node 20's
 * garbage collector takes the timeout away, and the limit never comes.
 */
export function withDeadline(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
  const deadline = new AbortController();
  setTimeout(
    () => deadline.abort(new DOMException("the time allowed for this operation is over", "TimeoutError")),
    timeoutMs,
  ).unref();
  return listenedToByMany(signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]));
}

/** One operation may wait for many things at once: the warning that Node prints at the eleventh listener means nothing here. */
export function listenedToByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
