import { sleep, systemClock, type Clock, type Sleep } from "../../platform/clock";
import { RequestGate } from "../request-gate";
import { hostile, type AcmeCaFaults } from "./faults";
import { letsEncryptProfiles, type CertificateProfiles } from "./profiles";
import { letsEncryptRateLimits, type AcmeCaRateLimits } from "./rate-limits/rate-limits";

export interface AcmeCaOptions {
  /** The server that is asked for TXT and CAA records. `host` is an IP address. */
  readonly dnsServer: { readonly host: string; readonly port: number };
  /** @default one of its own */
  readonly gate?: RequestGate;
  /** @default hostile */
  readonly faults?: AcmeCaFaults;
  /** @default Let's Encrypt's */
  readonly rateLimits?: AcmeCaRateLimits;
  /** @default Let's Encrypt's */
  readonly profiles?: CertificateProfiles;
  /** The profile of an order that names none. @default the first of the profiles */
  readonly defaultProfile?: string;
  /** Under which names CAA records may permit this CA. @default ["letsencrypt.org"] */
  readonly caaIdentities?: readonly string[];
  /** Names, with everything below them, for which no certificate is issued. @default none */
  readonly blockedNames?: readonly string[];
  /** Key id → MAC key, base64url. @default none */
  readonly externalAccountKeys?: Readonly<Record<string, string>>;
  /** Whether a new account must be bound to one of them. @default false */
  readonly externalAccountRequired?: boolean;
  /** Retry-After of renewalInfo, never longer than a tenth of the certificate's life. @default 21,600 s, as Let's Encrypt */
  readonly renewalInfoRetryAfterSeconds?: number;
  /** @default 3 */
  readonly ordersPerPage?: number;
  /** Of the faults. @default 1 */
  readonly seed?: number;
  readonly clock?: Clock;
  readonly sleep?: Sleep;
}

export type AcmeCaSettings = Required<AcmeCaOptions>;

export function withDefaults(options: AcmeCaOptions): AcmeCaSettings {
  const profiles = options.profiles ?? letsEncryptProfiles;
  return {
    dnsServer: options.dnsServer,
    gate: options.gate ?? new RequestGate(),
    faults: options.faults ?? hostile,
    rateLimits: options.rateLimits ?? letsEncryptRateLimits,
    profiles,
    defaultProfile: options.defaultProfile ?? Object.keys(profiles)[0] ?? "",
    caaIdentities: options.caaIdentities ?? ["letsencrypt.org"],
    blockedNames: options.blockedNames ?? [],
    externalAccountKeys: options.externalAccountKeys ?? {},
    externalAccountRequired: options.externalAccountRequired ?? false,
    renewalInfoRetryAfterSeconds: options.renewalInfoRetryAfterSeconds ?? 21_600,
    ordersPerPage: options.ordersPerPage ?? 3,
    seed: options.seed ?? 1,
    clock: options.clock ?? systemClock,
    sleep: options.sleep ?? sleep,
  };
}
