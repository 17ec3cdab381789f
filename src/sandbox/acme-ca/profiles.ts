/** What a certificate of a profile looks like (draft-aaron-acme-profiles; Let's Encrypt documentation, profiles). */

export interface CertificateProfile {
  /** Shown in the directory's `meta.profiles`. */
  readonly description: string;
  /** From notBefore to the last second of validity, that second included (RFC 5280 4.1.2.5). */
  readonly lifetimeSeconds: number;
  /** How far notBefore lies in the past, for clients whose clock is behind. @default 3600 */
  readonly backdateSeconds?: number;
  readonly maxNames: number;
  /** Whether the subject holds a common name. */
  readonly commonName: boolean;
  /** Whether the certificate of an RSA key has keyEncipherment; that of an ECDSA key never has. */
  readonly keyEncipherment: boolean;
  readonly subjectKeyId: boolean;
  readonly orderLifetimeSeconds: number;
  readonly pendingAuthorizationLifetimeSeconds: number;
  /** How long a valid authorization may be used again. */
  readonly authorizationReuseSeconds: number;
}

export type CertificateProfiles = Readonly<Record<string, CertificateProfile>>;

const hour = 3600;
const day = 24 * hour;

const classic: CertificateProfile = {
  description: "the profile for everybody: 90 days, up to 100 names",
  lifetimeSeconds: 90 * day,
  maxNames: 100,
  commonName: true,
  keyEncipherment: true,
  subjectKeyId: true,
  orderLifetimeSeconds: 7 * day,
  pendingAuthorizationLifetimeSeconds: 7 * day,
  authorizationReuseSeconds: 30 * day,
};

const tlsserver: CertificateProfile = {
  description: "for servers: 45 days, up to 25 names, nothing that a TLS server does not need",
  lifetimeSeconds: 45 * day,
  maxNames: 25,
  commonName: false,
  keyEncipherment: false,
  subjectKeyId: false,
  orderLifetimeSeconds: 8 * hour,
  pendingAuthorizationLifetimeSeconds: hour,
  authorizationReuseSeconds: 7 * hour,
};

/** As they are in November 2026. The clientAuth usage left all of them on 2026-07-08. */
export const letsEncryptProfiles = {
  classic,
  tlsserver,
  shortlived: { ...tlsserver, description: "for servers: 160 hours", lifetimeSeconds: 160 * hour },
} as const satisfies CertificateProfiles;

/** A `tlsserver` certificate that lives for seconds, so that renewal can be seen on the real clock. */
export function secondsProfile(lifetimeSeconds: number): CertificateProfile {
  return {
    ...tlsserver,
    description: `for demonstrations: ${lifetimeSeconds} seconds`,
    lifetimeSeconds,
    backdateSeconds: 0,
  };
}
