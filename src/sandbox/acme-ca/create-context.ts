import { seededRandom } from "../seeded-random";
import { acmeUrls, type AcmeCaContext } from "./acme-ca-context";
import type { AcmeCaSettings } from "./acme-ca-options";
import { createIssuingHierarchy } from "./issuing/issuing-hierarchy";
import { RateLimiter } from "./rate-limits/rate-limiter";
import { MemoryStore } from "./store/memory-store";
import type { DnsAnswers } from "./validation/dns-answers";
import { ValidationAuthority } from "./validation/validation-authority";
import { NonceStore } from "./web-front/nonce-store";

export interface AcmeCaSurroundings {
  readonly settings: AcmeCaSettings;
  /** `https://127.0.0.1:PORT` */
  readonly origin: string;
  /** `http://127.0.0.1:PORT`, where lists of revoked certificates are. */
  readonly listsOrigin: string;
  readonly dns: DnsAnswers;
  readonly closing: AbortSignal;
}

/** Builds the parts of a CA and joins them. */
export function createAcmeCaContext({
  settings,
  origin,
  listsOrigin,
  dns,
  closing,
}: AcmeCaSurroundings): AcmeCaContext {
  const { clock, sleep, caaIdentities } = settings;
  const random = seededRandom(settings.seed);
  const context: AcmeCaContext = {
    settings,
    faults: settings.faults,
    store: new MemoryStore(),
    nonces: new NonceStore(),
    limiter: new RateLimiter(settings.rateLimits, clock),
    hierarchy: createIssuingHierarchy(clock.now()),
    validation: new ValidationAuthority({
      dns,
      clock,
      sleep,
      signal: closing,
      caaIdentities,
      delayMs: () => random() * context.faults.validationDelayMs,
    }),
    origin,
    urls: acmeUrls(origin, listsOrigin),
    random,
    closing,
  };
  return context;
}
