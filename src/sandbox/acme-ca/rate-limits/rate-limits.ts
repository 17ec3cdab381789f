/** Let's Encrypt's limits (Let's Encrypt documentation, rate limits; November 2026). Each can be switched off. */

/** A bucket of `count` tokens that fills up again evenly within `perSeconds`. */
export interface RateLimit {
  readonly count: number;
  readonly perSeconds: number;
}

/** A limit that is undefined is off. */
export interface AcmeCaRateLimits {
  /** New orders per account. */
  readonly ordersPerAccount?: RateLimit;
  /** Certificates per registered domain, whoever asks. */
  readonly certificatesPerRegisteredDomain?: RateLimit;
  /** Certificates with exactly the same names, whoever asks. There is no override for it. */
  readonly certificatesPerExactNameSet?: RateLimit;
  /** Failed validations per name and account. */
  readonly failedValidations?: RateLimit;
  /** New accounts per address. */
  readonly accountsPerAddress?: RateLimit;
  /** Requests to newOrder per address; 503 beyond. */
  readonly newOrderRequests?: RateLimit;
  /** Requests to renewalInfo per address; 503 beyond. */
  readonly renewalInfoRequests?: RateLimit;
  /** Requests to newNonce per address; 503 beyond. */
  readonly newNonceRequests?: RateLimit;
}

const hour = 3600;

export const letsEncryptRateLimits: AcmeCaRateLimits = {
  ordersPerAccount: { count: 300, perSeconds: 3 * hour },
  certificatesPerRegisteredDomain: { count: 50, perSeconds: 7 * 24 * hour },
  certificatesPerExactNameSet: { count: 5, perSeconds: 7 * 24 * hour },
  failedValidations: { count: 5, perSeconds: hour },
  accountsPerAddress: { count: 10, perSeconds: 3 * hour },
  newOrderRequests: { count: 300, perSeconds: 1 },
  renewalInfoRequests: { count: 1000, perSeconds: 1 },
  newNonceRequests: { count: 20, perSeconds: 1 },
};

/** For benches. */
export const noRateLimits: AcmeCaRateLimits = {};
