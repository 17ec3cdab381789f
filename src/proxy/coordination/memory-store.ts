import type { ClientMemory, Recollection } from "../merge/client-memory";

/** One record set as one client knows it. */
export interface SetOfClient {
  readonly client: string;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

/**
 * Where memories of clients are kept, for all replicas together.
 *
 * - `transact` MUST give `change` the memory as the last `transact` of this key left it, whichever replica that was, and an
 *   empty one for a key it does not know. Between reading and writing no other `transact` of the key may come.
 * - `change` is pure and quick, and MUST be called at least once; if the store has to start over, more often. Only the
 *   result of the call that counted is kept and handed on.
 * - `now` is milliseconds since 1970 by one clock for all replicas.
 * - A memory MUST be kept for a day after its last use, as long as there is room: a store is bounded, and forgets what was
 *   used longest ago. To forget is safe: a client of which nothing is known changes only what it wrote itself.
 * - Once `transact` is done, other replicas MUST see what it did.
 *
 * A store in memory answers at once, without a promise, because reads go through it. Errors: `coordination_unavailable`;
 * then nothing has been changed, or it is not known.
 */
export interface MemoryStore {
  transact<T>(key: SetOfClient, change: (memory: ClientMemory, now: number) => Recollection<T>): T | Promise<T>;
}
