import type { ErrorCode } from "../../platform/errors";
import type { ToldFinding } from "../../policy/told-finding";
import type { Attachment, ServingPoint } from "../scan/estate";

/** What is to be done at one listener, or why nothing is. */
export interface PlannedAttachment {
  readonly point: ServingPoint;
  readonly role: Attachment["role"];
  readonly action: AttachmentAction;
  /** What somebody should know before it is done. */
  readonly notes: readonly string[];
  /** What the policy has to say. */
  readonly findings?: readonly ToldFinding[];
}

export type AttachmentAction =
  | {
      readonly kind: "attach";
      readonly why: string;
      /** Of a new default: the one that it follows, as the scan saw it. */
      readonly followsArn?: string;
      /** Whether the one that it follows is taken off the list as well. */
      readonly detaches: boolean;
      readonly isMeant: IsMeant;
    }
  /** It cannot be done, or would do harm. */
  | { readonly kind: "blocked"; readonly code: ErrorCode; readonly why: string; readonly hint?: string }
  /** It is there, perhaps since a run that did not get to its proof. */
  | { readonly kind: "left"; readonly why: string; readonly isMeant: IsMeant };

/** Whether clients that send this name, or none, are to get the certificate. */
export type IsMeant = (serverName: string | undefined) => boolean;

/** What the command line asks for. */
export interface AttachmentWishes {
  /** @default the list, where there is one beside a default */
  readonly role?: Attachment["role"];
  /** Take off the list what was the default before. */
  readonly detachOld: boolean;
  /** AWS's quota of certificates of a load balancer, defaults not counted. */
  readonly certificatesPerLoadBalancer: number;
}
