/** What both clients of an issuing bench are told and what they tell. */
export interface Batch {
  /** One certificate for each. */
  readonly names: readonly string[];
  /** Certificates under way at once. */
  readonly concurrency: number;
}

export interface BatchResult {
  readonly elapsedMs: number;
  readonly requests: number;
  /** TLS connections opened. */
  readonly connections: number;
}

/**
 * First wait of both clients between two looks at an order, so that neither wins by patience. (The baseline looks once
 * before it waits; left to its defaults, it would wait five seconds.)
 */
export const firstPollMs = 10;

let names = 0;

/** Names that no order had before, so that each is validated. */
export function freshNames(count: number): string[] {
  return Array.from({ length: count }, () => `n${names++}.example.gov`);
}
