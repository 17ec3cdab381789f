import type { RevocationReason } from "../../acme/revocation-reason";
import type { ErrorCode } from "../../platform/errors";
import type { ToldFinding } from "../../policy/told-finding";
import type { ConfiguredIssuer } from "../config/config";
import type { PlannedRenewal, RenewalAction } from "../renew/renewal-plan";
import type { Attachment, ScannedCertificate } from "../scan/estate";
import type { LeafToRevoke } from "./leaf-to-revoke";

export interface RevocationWishes {
  /** The true one. */
  readonly reason: RevocationReason;
  /** Only after a new certificate with a new key has every place of the old one. */
  readonly replace: boolean;
  /** At once, although clients still get it. */
  readonly now: boolean;
  /** Of which certificate the replacement is ordered from, in place of the one that issued it. */
  readonly issuer?: ConfiguredIssuer;
  /** Serials that are meant; empty: whatever is under the ARNs. */
  readonly serials: readonly string[];
  /** Go on where nothing can be proved. */
  readonly unproved: boolean;
}

/** What is to be done with one certificate, or why nothing is. */
export interface PlannedRevocation {
  readonly arn: string;
  readonly names: readonly string[];
  /** Of what is to be revoked, as far as that is known. */
  readonly serial?: string;
  /** Undefined where AWS holds nothing under the ARN any more. */
  readonly certificate?: ScannedCertificate;
  readonly attachments: readonly Attachment[];
  /** ARNs of others with the same key, where that is what is compromised. */
  readonly sameKey: readonly string[];
  readonly action: RevocationAction;
  /** What the policy has to say. */
  readonly findings?: readonly ToldFinding[];
}

export type RevocationAction =
  /** At once: nothing serves it, or the user wants it all the same. */
  | { readonly kind: "revoke"; readonly why: string; readonly what: Revocation; readonly isUnused: boolean }
  /** Replaced first, by an order or by going on with what an earlier run imported. */
  | { readonly kind: "replace"; readonly why: string; readonly what: Revocation; readonly renewal: Replacing }
  /** An earlier run imported the new one over it: proved, then revoked. No order is needed. */
  | {
      readonly kind: "finish";
      readonly why: string;
      readonly what: Revocation;
      readonly certificate: ScannedCertificate;
    }
  | { readonly kind: "blocked"; readonly why: string; readonly code: ErrorCode; readonly hint?: string }
  | { readonly kind: "left"; readonly why: string };

export interface Revocation {
  readonly leaf: LeafToRevoke;
  readonly reason: RevocationReason;
  /** Whose account revokes. */
  readonly issuer: ConfiguredIssuer;
}

/** A renewal that can be carried out. */
export type Replacing = PlannedRenewal & { readonly action: Extract<RenewalAction, { kind: "renew" | "finish" }> };

export type Ready = Extract<RevocationAction, { what: Revocation }>;

export type ReadyRevocation = PlannedRevocation & { readonly action: Ready };

export function isReady(planned: PlannedRevocation): planned is ReadyRevocation {
  return "what" in planned.action;
}
