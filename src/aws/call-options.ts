export interface CallOptions {
  /** Ends the call, and every wait for its turn or before another try. */
  readonly signal?: AbortSignal;
}
