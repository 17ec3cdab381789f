/**
 * One writer per zone over all replicas of the proxy, whoever they are.
 *
 * - At most one `operation` per zone MUST run at a time. Holders of different zones SHOULD not wait for each other.
 * - Replicas that wait for one zone SHOULD get it in the order in which they asked.
 * - The wait MUST end as soon as `signal` aborts, with the signal's reason; the operation has then not been begun.
 * - The lock is held until the operation's promise settles, and MUST be let go of then, whatever came of it. It MUST be let
 *   go of, too, when the holder's process or host dies.
 * - A lock can be lost while it is held. The signal that the operation is given MUST then abort, as it does with `signal`;
 *   from then on the operation MUST send nothing upstream that changes a zone.
 * - After a holder was lost, what it had sent may still be on its way: the next holder MUST be kept waiting for long enough
 *   that it arrives before anything of its own.
 * - What a holder knew of the zone before it got the lock is out of date: it MUST read again.
 *
 * Errors: `coordination_unavailable` (retryable) if no lock can be had; those of the operation.
 */
export interface ZoneLocks {
  hold<T>(zone: string, signal: AbortSignal, operation: (signal: AbortSignal) => Promise<T>): Promise<T>;
}
