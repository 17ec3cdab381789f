import type { RecordSet } from "../../dns/record-set";
import { LocalMemoryStore } from "../coordination/local-memory-store";
import type { MemoryStore, SetOfClient } from "../coordination/memory-store";
import {
  freshMemory,
  shownTexts,
  takeBase,
  takeShown,
  withView,
  withWrite,
  type ClientMemory,
  type MemoryLimits,
  type Recollection,
} from "./client-memory";

const defaults: MemoryLimits = { keepMs: 15 * 60_000, maxViews: 64 };

/**
 * What each client last saw of a record set, so that a PUT can be read as "what I saw, changed". What counts how is in
 * client-memory.ts; where it is kept, and whether an answer comes at once, is the store's business: await them all.
 * Errors: `coordination_unavailable`.
 */
export class SeenRecordSets {
  private readonly limits: MemoryLimits;

  constructor(
    private readonly store: MemoryStore = new LocalMemoryStore(),
    limits: Partial<MemoryLimits> = {},
  ) {
    this.limits = { ...defaults, ...limits };
  }

  /** Notes what a read was answered. Undefined is an absent set. `connection` tells sockets apart, over all replicas. */
  saw(key: SetOfClient, set: RecordSet | undefined, connection: string): void | Promise<void> {
    return this.transact(key, (memory, at) => ({
      memory: withView(memory, { set, connection, at }, this.limits),
      result: undefined,
    }));
  }

  /** Every text the client may have read of this set, so that it is recognised when it comes back. */
  shown(key: SetOfClient): string[] | Promise<string[]> {
    return this.transact(key, (memory) => ({ memory, result: shownTexts(memory) }));
  }

  /** Notes what a write added and took away. */
  wrote(key: SetOfClient, before: RecordSet | undefined, after: RecordSet | undefined): void | Promise<void> {
    return this.transact(key, (memory) => ({ memory: withWrite(memory, before, after), result: undefined }));
  }

  /** The state a PUT was built on, used up by this call; `current` is what stands. */
  takeBase(key: SetOfClient, wanted: RecordSet, current: RecordSet | undefined, connection: string): MaybeSet {
    return this.transact(key, (memory) => takeBase(memory, wanted, current, connection));
  }

  /** The state a DELETE was built on, used up by this call; `current` is what stands. */
  takeShown(key: SetOfClient, current: RecordSet | undefined, connection: string): MaybeSet {
    return this.transact(key, (memory) => takeShown(memory, current, connection));
  }

  private transact<T>(key: SetOfClient, change: (memory: ClientMemory, now: number) => Recollection<T>) {
    return this.store.transact(key, (memory, now) => change(freshMemory(memory, now, this.limits), now));
  }
}

type MaybeSet = RecordSet | undefined | Promise<RecordSet | undefined>;
