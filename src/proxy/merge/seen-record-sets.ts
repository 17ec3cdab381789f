import type { RecordSet } from "../../dns/record-set";
import { LocalMemoryStore } from "../coordination/local-memory-store";
import type { MemoryStore, SetOfClient } from "../coordination/memory-store";
import {
  baseOfDelete,
  baseOfPut,
  freshMemory,
  shownTexts,
  withView,
  withWrite,
  type Base,
  type ClientMemory,
  type DoneWrite,
  type MemoryLimits,
  type Recollection,
} from "./client-memory";
import type { Asked } from "./likeliest-view";

const defaults: MemoryLimits = { keepMs: 15 * 60_000, maxViews: 256, maxOctets: 512 * 1024 };

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

  /** What a write was built on. It counts for this write alone once that is done: see `wrote`. */
  base(key: SetOfClient, asked: Asked): Base | Promise<Base> {
    const { wanted } = asked;
    return this.transact(key, (memory) => ({
      memory,
      result:
        wanted === undefined ? baseOfDelete(memory, { ...asked, wanted }) : baseOfPut(memory, { ...asked, wanted }),
    }));
  }

  /** Notes what a write added and took away, and uses up what it was built on. */
  wrote(key: SetOfClient, write: DoneWrite): void | Promise<void> {
    return this.transact(key, (memory, now) => ({ memory: withWrite(memory, write, now), result: undefined }));
  }

  private transact<T>(key: SetOfClient, change: (memory: ClientMemory, now: number) => Recollection<T>) {
    return this.store.transact(key, (memory, now) => change(freshMemory(memory, now, this.limits), now));
  }
}
