/** How the sandbox's Edge DNS misbehaves: one switch per behaviour, all of them on by default. */

/** Rates are fractions 0..1 of requests; spans are milliseconds, drawn evenly from least to most. */
export interface EdgeDnsFaults {
  /** Before anything else happens. */
  readonly latencyMs: Span;
  /** How long a write keeps the zone locked; other writes to the zone are refused meanwhile. */
  readonly zoneLockMs: Span;
  /** How long a zone stays PENDING after a write. */
  readonly activationDelayMs: number;
  /** Requests refused with 429 … */
  readonly throttleRate: number;
  /** … and how far ahead their `X-RateLimit-Next` is. */
  readonly throttleMs: number;
  /** Requests answered 500 without doing anything. */
  readonly serverErrorRate: number;
  /** Requests done, then answered 500. */
  readonly lateErrorRate: number;
  /** Connections dropped before anything is done. */
  readonly droppedRequestRate: number;
  /** Connections dropped after the work is done: the client cannot know. */
  readonly lostResponseRate: number;
  /** Lists never hold more entries a page, whatever was asked for. */
  readonly maxPageSize: number;
  /** How far the client's clock may be off. */
  readonly clockWindowMs: number;
}

export interface Span {
  readonly least: number;
  readonly most: number;
}

/** More of everything than Akamai would show on a bad day, in milliseconds instead of seconds. */
export const hostileEdgeDns: EdgeDnsFaults = {
  latencyMs: { least: 0, most: 10 },
  zoneLockMs: { least: 10, most: 60 },
  activationDelayMs: 300,
  throttleRate: 0.05,
  throttleMs: 200,
  serverErrorRate: 0.03,
  lateErrorRate: 0.02,
  droppedRequestRate: 0.03,
  lostResponseRate: 0.05,
  maxPageSize: 7,
  clockWindowMs: 30_000,
};

/** Nothing goes wrong by chance; the rules of Edge DNS, its zone lock among them, still hold. */
export const calmEdgeDns: EdgeDnsFaults = {
  latencyMs: { least: 0, most: 0 },
  zoneLockMs: { least: 0, most: 0 },
  activationDelayMs: 0,
  throttleRate: 0,
  throttleMs: 0,
  serverErrorRate: 0,
  lateErrorRate: 0,
  droppedRequestRate: 0,
  lostResponseRate: 0,
  maxPageSize: 1_000,
  clockWindowMs: 30_000,
};
