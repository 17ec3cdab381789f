import { abortedError } from "../platform/clock";

/**
 * One answer for many askers: those that ask at the same time share a request, later ones get what it brought, until
 * `forget`. A failure is not kept. An asker that is cancelled stops waiting; the request goes on for the others.
 */
export class SharedAnswer<T> {
  private current?: Promise<T>;

  constructor(private readonly ask: () => Promise<T>) {}

  async get(signal?: AbortSignal): Promise<T> {
    this.current ??= this.start();
    return untilAborted(this.current, signal);
  }

  /** The next `get` asks anew, even while a request is under way: its answer may be older than the cause to forget. */
  forget(): void {
    this.current = undefined;
  }

  private start(): Promise<T> {
    const started: Promise<T> = this.ask().catch((error: unknown) => {
      if (this.current === started) this.current = undefined;
      throw error;
    });
    return started;
  }
}

async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(abortedError(signal));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
