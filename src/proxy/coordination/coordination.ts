import type { MemoryStore } from "./memory-store";
import type { ReplayKeys } from "./replay-keys";
import type { ZoneLocks } from "./zone-locks";

/**
 * What replicas of the proxy share. Without a configuration it lives in the one process there is.
 *
 * An implementation MUST fail, not guess: where it cannot tell what the other replicas did, it throws
 * `coordination_unavailable` (retryable), and the request is answered with 503. It MUST work again by itself once what it
 * depends on does. Limits of request rates are not shared.
 */
export interface Coordination {
  readonly zones: ZoneLocks;
  readonly replays: ReplayKeys;
  readonly memories: MemoryStore;
  /** Does what a request would do, without a trace. Errors: `coordination_unavailable`, which says why. */
  check(signal?: AbortSignal): Promise<void>;
  /** Lets go of everything, locks included. May be called again. */
  close(): Promise<void>;
}
