import { systemClock, type Clock } from "../../platform/clock";
import type { ReplayKeys } from "./replay-keys";

/** Replay keys of one process. */
export class LocalReplayKeys implements ReplayKeys {
  /** Key to its end. What ends first comes first, as long as all are kept equally long. */
  private readonly seen = new Map<string, number>();

  constructor(private readonly clock: Clock = systemClock) {}

  get size(): number {
    return this.seen.size;
  }

  async admit(key: string, keepMs: number): Promise<boolean> {
    const now = this.clock.now().getTime();
    for (const [old, end] of this.seen) {
      if (now < end) break;
      this.seen.delete(old);
    }
    if (now < (this.seen.get(key) ?? now)) return false;
    this.seen.delete(key);
    this.seen.set(key, now + keepMs);
    return true;
  }
}
