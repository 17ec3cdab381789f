import type { Finding } from "../guards/guard";
import type { Stack } from "../stacks/stack";

/** A plan that waits for somebody's word, as `pending.json` tells of it: without a value of a resource. */
export interface PendingPlan {
  readonly version: 1;
  readonly stack: Stack;
  /** SHA-256 of what it would do; this is what is approved. */
  readonly checksum: string;
  /** When a plan with this checksum was first found to need approval. ISO 8601, UTC. */
  readonly since: string;
  /** When the plan was made whose file is kept. */
  readonly plannedAt: string;
  /** Where it is; it holds secrets. */
  readonly planFile: string;
  /** The command that approves it. */
  readonly approveWith: string;
  readonly changes: readonly PendingChange[];
  readonly findings: readonly Finding[];
}

/** One change, without values. */
export interface PendingChange {
  /** Of a resource, or `output NAME`. */
  readonly address: string;
  readonly actions: readonly string[];
  /** SHA-256 of the change: tells whether it would do the same. */
  readonly digest: string;
}
