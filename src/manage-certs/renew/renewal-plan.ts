import type { IssuableKeyAlgorithm } from "../../certificates/key-algorithm";
import type { ErrorCode } from "../../platform/errors";
import type { ToldFinding } from "../../policy/told-finding";
import type { ConfiguredIssuer } from "../config/config";
import type { Attachment, ScannedCertificate } from "../scan/estate";

/** What is to be done with one certificate, or why nothing is. */
export interface PlannedRenewal {
  readonly certificate: ScannedCertificate;
  readonly attachments: readonly Attachment[];
  readonly action: RenewalAction;
  /** What the policy has to say. */
  readonly findings?: readonly ToldFinding[];
}

export type RenewalAction =
  | {
      /** A new certificate is ordered. */
      readonly kind: "renew";
      readonly why: string;
      readonly issuer: ConfiguredIssuer;
      readonly keyAlgorithm: IssuableKeyAlgorithm;
    }
  /** An earlier run imported the successor and did not get to its end: no order is needed. */
  | { readonly kind: "finish"; readonly why: string; readonly successor: ScannedCertificate }
  /** A copy that an earlier run had on trial, and that is to go. */
  | { readonly kind: "end-canary"; readonly why: string; readonly canaryOf: string }
  /** Replaced by an earlier run; its days of grace are over, and nothing uses it. */
  | { readonly kind: "delete"; readonly why: string; readonly successorArn: string }
  /** Due, and it cannot be done. */
  | { readonly kind: "blocked"; readonly code: ErrorCode; readonly why: string; readonly hint?: string }
  | { readonly kind: "left"; readonly why: string };

/** Whether something is to be done, or should be and cannot. */
export function needsAttention({ action }: PlannedRenewal): boolean {
  return action.kind !== "left";
}
