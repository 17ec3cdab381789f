/**
 * Which signed writes came already, to whichever replica.
 *
 * - Of all calls with one key within `keepMs` of the first, over all replicas, exactly one MUST be told `true`. That MUST
 *   hold for calls at the same moment, too.
 * - `keepMs` counts by one clock for all replicas. Keys that are older SHOULD be forgotten soon.
 * - If it cannot be known whether the key is new, it MUST throw `coordination_unavailable`. The key may count as used then:
 *   who sent the write signs it anew.
 */
export interface ReplayKeys {
  admit(key: string, keepMs: number): Promise<boolean>;
  /** Keys that this process remembers; undefined where they are kept elsewhere. */
  readonly size?: number;
}
