import { systemClock, type Clock } from "../../platform/clock";
import { emptyMemory, octetsOf, type ClientMemory, type Recollection } from "../merge/client-memory";
import type { MemoryStore, SetOfClient } from "./memory-store";

interface Kept {
  memory: ClientMemory;
  usedAt: number;
  octets: number;
}

/** Memories of one process. */
export class LocalMemoryStore implements MemoryStore {
  /** What was used longest ago comes first: a map keeps the order of insertion. */
  private readonly memories = new Map<string, Kept>();
  private octets = 0;

  constructor(
    private readonly clock: Clock = systemClock,
    private readonly maxSets = 10_000,
    /** In milliseconds; a validation may be cleaned up hours later. */
    private readonly keepMs = 24 * 60 * 60_000,
    private readonly maxOctets = 64 * 1024 * 1024,
  ) {}

  transact<T>(key: SetOfClient, change: (memory: ClientMemory, now: number) => Recollection<T>): T {
    const { client, zone, name, type } = key;
    const id = `${client} ${zone} ${name} ${type}`;
    const now = this.clock.now().getTime();
    const kept = this.memories.get(id) ?? { memory: emptyMemory, usedAt: now, octets: 0 };
    const isOld = now - kept.usedAt > this.keepMs;
    const { memory, result } = change(isOld ? emptyMemory : kept.memory, now);
    if (memory !== kept.memory) {
      this.octets -= kept.octets;
      kept.octets = octetsOf(memory);
      this.octets += kept.octets;
    }
    kept.memory = memory;
    kept.usedAt = now;
    this.memories.delete(id);
    this.memories.set(id, kept);
    this.forget(now);
    return result;
  }

  private forget(now: number): void {
    for (const [id, { usedAt, octets }] of this.memories) {
      const isRoom = this.memories.size <= this.maxSets && this.octets <= this.maxOctets;
      if (now - usedAt <= this.keepMs && isRoom) return;
      this.memories.delete(id);
      this.octets -= octets;
    }
  }
}
