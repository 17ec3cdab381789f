/**
 * What makes a CA hard on its clients, each behaviour one switch. None of it breaks a rule of RFC 8555: a client that
 * fails under `hostile` fails one day in the field.
 */

export interface AcmeCaFaults {
  /** Share (0 to 1) of good nonces that are refused with badNonce. */
  readonly nonceRejectionShare: number;
  /** Each validation waits a random time up to this, in milliseconds. */
  readonly validationDelayMs: number;
  /** Each finalized order is `processing` for a random time up to this, in milliseconds. */
  readonly issuanceDelayMs: number;
  /** Whether finalize answers `processing` and issues afterwards, instead of issuing within the request. */
  readonly asynchronousFinalize: boolean;
  /** Share of names with a valid authorization of the same account whose authorization is used again. */
  readonly authorizationReuseShare: number;
  /** Whether an order lists its authorizations in random order instead of that of its identifiers. */
  readonly shuffledAuthorizations: boolean;
  /** Retry-After of pending and processing objects in seconds; undefined for none. */
  readonly pendingRetryAfterSeconds: number | undefined;
  /** Share of requests answered with 503, Retry-After and no nonce. */
  readonly unavailableShare: number;
  readonly unavailableRetryAfterSeconds: number;
  /** Share of requests whose answer is late. */
  readonly slowAnswerShare: number;
  /** How late, in milliseconds. */
  readonly slowAnswerMs: number;
  /**
   * How old the newest list of revoked certificates is, in milliseconds: what was revoked since is not on it. A CA has
   * 24 hours (Baseline Requirements 4.9.7).
   */
  readonly revocationListAgeMs: number;
  /** Whether the directory has an entry that no client knows, as Let's Encrypt's has. */
  readonly unknownDirectoryEntry: boolean;
}

export const hostile: AcmeCaFaults = {
  nonceRejectionShare: 0.15,
  validationDelayMs: 300,
  issuanceDelayMs: 300,
  asynchronousFinalize: true,
  authorizationReuseShare: 0.5,
  shuffledAuthorizations: true,
  pendingRetryAfterSeconds: 1,
  unavailableShare: 0.02,
  unavailableRetryAfterSeconds: 1,
  slowAnswerShare: 0.05,
  slowAnswerMs: 200,
  revocationListAgeMs: 3_600_000,
  unknownDirectoryEntry: true,
};

/** For benches and for tests of other things. Finalize stays asynchronous: that is how public CAs are. */
export const calm: AcmeCaFaults = {
  nonceRejectionShare: 0,
  validationDelayMs: 0,
  issuanceDelayMs: 0,
  asynchronousFinalize: true,
  authorizationReuseShare: 0,
  shuffledAuthorizations: false,
  pendingRetryAfterSeconds: undefined,
  unavailableShare: 0,
  unavailableRetryAfterSeconds: 1,
  slowAnswerShare: 0,
  slowAnswerMs: 0,
  revocationListAgeMs: 0,
  unknownDirectoryEntry: false,
};
