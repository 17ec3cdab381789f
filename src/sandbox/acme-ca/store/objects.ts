/**
 * What the CA remembers. Objects hold facts (when, what); every status is derived from them (`order-status.ts`).
 */
import type { KeyObject } from "node:crypto";
import type { ProblemDocument } from "../problems";

export interface Account {
  readonly id: string;
  /** Changed by keyChange. */
  key: AccountKey;
  contact: readonly string[];
  readonly createdAt: Date;
  readonly externalAccountId?: string;
  deactivatedAt?: Date;
}

export interface AccountKey {
  readonly key: KeyObject;
  readonly jwk: Readonly<Record<string, string>>;
  /** RFC 7638, base64url. */
  readonly thumbprint: string;
}

export const challengeTypes = ["dns-01", "http-01", "tls-alpn-01"] as const;

export type ChallengeType = (typeof challengeTypes)[number];

export interface Challenge {
  readonly id: string;
  readonly type: ChallengeType;
  readonly token: string;
  answeredAt?: Date;
  result?: { readonly at: Date; readonly error?: ProblemDocument };
}

export interface Authorization {
  readonly id: string;
  readonly accountId: string;
  /** Without the wildcard label. */
  readonly name: string;
  readonly wildcard: boolean;
  /** Of the order it was made for. */
  readonly profile: string;
  readonly challenges: readonly Challenge[];
  /** Moved when it becomes valid. */
  expires: Date;
  deactivatedAt?: Date;
}

export interface Order {
  readonly id: string;
  readonly accountId: string;
  /** As requested, lower case; wildcards included. */
  readonly names: readonly string[];
  readonly profile: string;
  readonly authorizations: readonly Authorization[];
  readonly createdAt: Date;
  readonly expires: Date;
  /** certID of the certificate that this order renews (RFC 9773 5). */
  readonly replaces?: string;
  finalizedAt?: Date;
  /** Why issuing failed. */
  error?: ProblemDocument;
  certificate?: StoredCertificate;
}

export interface RenewalWindow {
  readonly start: Date;
  readonly end: Date;
  /** A page that says why (RFC 9773 4.2). */
  readonly explanationUrl?: string;
}

export interface Revocation {
  readonly at: Date;
  /** RFC 5280 5.3.1. */
  readonly reason: number;
}

export interface StoredCertificate {
  /** Hex, two digits per octet of the DER INTEGER, a leading zero octet included. */
  readonly serial: string;
  /** RFC 9773 4.1. */
  readonly certId: string;
  readonly accountId: string;
  readonly names: readonly string[];
  readonly profile: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly replaces?: string;
  readonly der: Buffer;
  /** PEM, leaf first: the default chain, then alternates. */
  readonly chains: readonly string[];
  readonly publicKey: KeyObject;
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  readonly keyFingerprint: string;
  revocation?: Revocation;
  renewalWindow?: RenewalWindow;
}
