/** What a policy is asked about. Whatever is left out is not known where it is asked, and not judged there. */
import type { KeyAlgorithm } from "../certificates/key-algorithm";

/** What serves certificates, in the words of `manage-certs scan`. */
export const servingKinds = [
  "application-listener",
  "network-listener",
  "classic-listener",
  "distribution",
  "rest-domain-name",
  "http-domain-name",
] as const;
export type ServingKind = (typeof servingKinds)[number];

export const actions = ["renew", "replace", "revoke", "delete"] as const;
export type Action = (typeof actions)[number];

/** `overdue` as `decideRenewal` has it (src/certificates); `compromise`: the key is, or may be, in wrong hands. */
export const urgencies = ["routine", "overdue", "compromise"] as const;
export type Urgency = (typeof urgencies)[number];

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * Who issues: ACM itself, a CA of AWS Private CA through ACM, or a CA by its directory (RFC 8555 7.1.1). A profile left out
 * is the CA's choice.
 */
export type RequestedIssuer =
  | { readonly kind: "acm" }
  | { readonly kind: "private-ca"; readonly authorityArn: string }
  | { readonly kind: "acme"; readonly directoryUrl: string; readonly profile?: string };

/** The certificate that a request is about. */
interface Subject {
  /** As certificates spell them: lower case, A-labels. At least one. */
  readonly names: readonly string[];
  /** Who is said to answer for it. @default the owner who has all its names */
  readonly owner?: string;
  /** @default the owner's first */
  readonly tier?: string;
  /** When it is to happen. */
  readonly at: Date;
}

export interface CertificateRequest extends Subject {
  readonly kind: "certificate";
  readonly issuer?: RequestedIssuer;
  readonly keyAlgorithm?: KeyAlgorithm;
  /** @default what is known of the issuer's certificates */
  readonly lifetimeDays?: number;
}

export interface AttachmentRequest extends Subject {
  readonly kind: "attachment";
  readonly servingKind: ServingKind;
  readonly accountId?: string;
  /** "aws-global" for a distribution. */
  readonly region?: string;
  /** Name of the load balancer, ID of the distribution, or the domain name. */
  readonly loadBalancer?: string;
}

export interface ActionRequest extends Subject {
  readonly kind: "action";
  readonly action: Action;
  readonly urgency: Urgency;
}

export type PolicyRequest = CertificateRequest | AttachmentRequest | ActionRequest;
