import { systemClock, type Clock } from "../../platform/clock";
import { emptyMemory, type ClientMemory, type Recollection } from "../merge/client-memory";
import type { MemoryStore, SetOfClient } from "./memory-store";

interface Kept {
  memory: ClientMemory;
  usedAt: number;
}

/** Memories of one process. */
export class LocalMemoryStore implements MemoryStore {
  /** What was used longest ago comes first: a map keeps the order of insertion. */
  private readonly memories = new Map<string, Kept>();

  constructor(
    private readonly clock: Clock = systemClock,
    private readonly maxSets = 10_000,
    /** In milliseconds; a validation may be cleaned up hours later. */
    private readonly keepMs = 24 * 60 * 60_000,
  ) {}

  transact<T>(key: SetOfClient, change: (memory: ClientMemory, now: number) => Recollection<T>): T {
    const { client, zone, name, type } = key;
    const id = `${client} ${zone} ${name} ${type}`;
    const now = this.clock.now().getTime();
    const kept = this.memories.get(id) ?? { memory: emptyMemory, usedAt: now };
    const isOld = now - kept.usedAt > this.keepMs;
    const { memory, result } = change(isOld ? emptyMemory : kept.memory, now);
    kept.memory = memory;
    kept.usedAt = now;
    this.memories.delete(id);
    this.memories.set(id, kept);
    this.forget(now);
    return result;
  }

  private forget(now: number): void {
    for (const [id, { usedAt }] of this.memories) {
      if (now - usedAt <= this.keepMs && this.memories.size <= this.maxSets) return;
      this.memories.delete(id);
    }
  }
}
