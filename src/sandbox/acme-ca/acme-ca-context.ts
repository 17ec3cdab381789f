import type { AcmeCaSettings } from "./acme-ca-options";
import type { AcmeCaFaults } from "./faults";
import type { IssuingHierarchy } from "./issuing/issuing-hierarchy";
import type { IssuingMistake } from "./issuing/issuing-mistakes";
import type { CertificateProfile } from "./profiles";
import { problems } from "./problems";
import type { RateLimiter } from "./rate-limits/rate-limiter";
import type { Authorization, Challenge, Order } from "./store/objects";
import type { MemoryStore } from "./store/memory-store";
import type { ValidationAuthority } from "./validation/validation-authority";
import type { NonceStore } from "./web-front/nonce-store";

/** The parts of one CA, as its operations see them. */
export interface AcmeCaContext {
  readonly settings: AcmeCaSettings;
  /** Replaced as a whole when a test changes faults. */
  faults: AcmeCaFaults;
  /** Made with each certificate while it is set. */
  mistake?: IssuingMistake;
  readonly store: MemoryStore;
  readonly nonces: NonceStore;
  readonly limiter: RateLimiter;
  readonly validation: ValidationAuthority;
  readonly hierarchy: IssuingHierarchy;
  /** `https://127.0.0.1:PORT` */
  readonly origin: string;
  readonly urls: AcmeUrls;
  /** Fractions for faults. */
  readonly random: () => number;
  /** Aborted when the CA closes. */
  readonly closing: AbortSignal;
}

/** Paths are unlike those of any known CA, so that a client which guesses them fails here. */
export function acmeUrls(origin: string, listsOrigin: string) {
  return {
    directory: `${origin}/directory`,
    newNonce: `${origin}/fresh-nonce`,
    newAccount: `${origin}/accounts`,
    newOrder: `${origin}/orders`,
    revokeCert: `${origin}/revocations`,
    keyChange: `${origin}/key-rollover`,
    renewalInfo: `${origin}/renewals`,
    /** Of what the intermediate with this number has issued. */
    revocationList: (number: number) => `${listsOrigin}/revoked/${number}.crl`,
    account: (id: string) => `${origin}/accounts/${id}`,
    ordersOf: (id: string) => `${origin}/accounts/${id}/orders`,
    order: ({ id }: Order) => `${origin}/orders/${id}`,
    finalize: ({ id }: Order) => `${origin}/orders/${id}/finalization`,
    authorization: ({ id }: Authorization) => `${origin}/permissions/${id}`,
    challenge: (authorization: Authorization, challenge: Challenge) =>
      `${origin}/permissions/${authorization.id}/${challenge.id}`,
    certificate: (serial: string, chain = 0) => `${origin}/issued/${serial}${chain === 0 ? "" : `/${chain}`}`,
  };
}

export type AcmeUrls = ReturnType<typeof acmeUrls>;

export function profileNamed(context: AcmeCaContext, name: string): CertificateProfile {
  const { profiles } = context.settings;
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile) return profile;
  throw problems.invalidProfile(`profile "${name}" does not exist; there are ${Object.keys(profiles).join(", ")}`);
}
