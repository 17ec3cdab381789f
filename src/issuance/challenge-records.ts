import type { ChallengeZone } from "./challenge-zone";

/**
 * Writes the TXT values that prove control of a name. Implemented per DNS service; the engine knows no other.
 *
 * Contract, for every implementation:
 * - Values, not whole sets: what others keep at the same name MUST stay as it is, to the byte.
 * - `add` and `remove` MUST be idempotent, and safe beside other writers as far as the service allows.
 * - When `add` returns, the service MUST have taken the values; name servers may still lag.
 * - Values are plain text, not presentation text. Names are canonical, zones too.
 */
export interface ChallengeRecords<Zone extends ChallengeZone = ChallengeZone> {
  /**
   * Whether we may write TXT values at the name, asked before a CA's limit is spent. Throws what says why not;
   * returns where the service cannot tell beforehand.
   */
  checkAllowed(zone: Zone, name: string, signal?: AbortSignal): Promise<void>;
  add(zone: Zone, name: string, values: readonly string[], signal?: AbortSignal): Promise<void>;
  /** A name or value that is gone already is fine. */
  remove(zone: Zone, name: string, values: readonly string[], signal?: AbortSignal): Promise<void>;
}
