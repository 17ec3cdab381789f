import type { IssuableKeyAlgorithm } from "../../certificates/key-algorithm";
import type { ErrorCode } from "../../platform/errors";
import type { ToldFinding } from "../../policy/told-finding";
import type { PlannedAttachment } from "../attach/attachment-plan";
import type { ConfiguredIssuer } from "../config/config";
import type { ScannedCertificate, ServingPoint } from "../scan/estate";

/** What the command line and the configuration ask for. */
export interface IssueRequest {
  /** Parsed; in the order in which they were written, each once. */
  readonly names: readonly string[];
  readonly issuer: ConfiguredIssuer;
  readonly keyAlgorithm: IssuableKeyAlgorithm;
  /** Where it is put then. */
  readonly points: readonly ServingPoint[];
  /** Where it is imported. */
  readonly accountId: string;
  readonly region: string;
}

export interface IssuePlan {
  readonly request: IssueRequest;
  /** As it is in ACM, or as it would be: without an ARN, that is "". */
  readonly certificate: ScannedCertificate;
  readonly action: IssueAction;
  readonly attachments: readonly PlannedAttachment[];
  /** What the policy has to say about the certificate. */
  readonly findings?: readonly ToldFinding[];
}

export type IssueAction =
  | { readonly kind: "order"; readonly why: string }
  /** An earlier run has it. */
  | { readonly kind: "found"; readonly why: string }
  | { readonly kind: "blocked"; readonly code: ErrorCode; readonly why: string; readonly hint?: string };
