import { sleep } from "../../platform/clock";
import { within } from "../../platform/deadline";

/** Grows from question to question; the last one is repeated. */
const delaysMs = [100, 250, 500, 1_000, 2_000];

/** Asks until there is an answer. Errors: `timeout`, `aborted`, those of the question. */
export function waitUntil<T>(
  ask: (signal: AbortSignal) => Promise<T | undefined>,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<T> {
  return within(signal, timeoutMs, async (limit) => {
    for (let tries = 0; ; tries++) {
      const answer = await ask(limit);
      if (answer !== undefined) return answer;
      await sleep(delaysMs[Math.min(tries, delaysMs.length - 1)] ?? 0, limit);
    }
  });
}
