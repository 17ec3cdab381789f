import { abortedError } from "../../platform/clock";
import { KeyedQueue } from "../../platform/keyed-queue";
import type { ZoneLocks } from "./zone-locks";

/** Zone locks of one process. They cannot be lost. */
export class LocalZoneLocks implements ZoneLocks {
  private readonly queue = new KeyedQueue();

  hold<T>(zone: string, signal: AbortSignal, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = () => reject(abortedError(signal));
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop, { once: true });
      this.queue
        .run(zone, async () => {
          signal.removeEventListener("abort", stop);
          if (signal.aborted) throw abortedError(signal);
          return operation(signal);
        })
        .then(resolve, reject);
    });
  }
}
