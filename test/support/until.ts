import { setTimeout as pause } from "node:timers/promises";

/** Waits for something that others are about to do. Fails after two minutes. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 2_400; look++) {
    if (isSo()) return;
    await pause(50);
  }
  throw new Error(`never came about: ${isSo.toString()}`);
}
