import type { CertificateStore } from "../../aws/certificate-store";
import type { Attachment, ScannedCertificate } from "../scan/estate";
import type { ServingPlace } from "./prove-serving";
import type { OnStep, RenewParts } from "./renew-parts";
import { retireCertificate } from "./retire-certificate";
import { sayingNow } from "./saying-now";
import { switchAttachments, type Successor } from "./switch-attachments";
import { targetOf } from "./target-of";

export interface RenewalToFinish {
  readonly certificate: ScannedCertificate;
  readonly successor: Successor;
  readonly attachments: readonly Attachment[];
  readonly places: readonly ServingPlace[];
  readonly store: CertificateStore;
  readonly onStep: OnStep;
}

/**
 * From an imported successor to the end: every attachment leaves the old certificate for it, the canary first; the old
 * one is let go of. Says what is left to do. Errors: those of `switchAttachments`.
 */
export async function finishRenewal(request: RenewalToFinish, parts: RenewParts): Promise<readonly string[]> {
  const { certificate, successor, attachments, places, store, onStep } = request;
  const rank = ({ point }: Attachment) => (parts.isCanary(point) ? 0 : 1);
  await switchAttachments(
    { certificate, successor, places, attachments: [...attachments].sort((left, right) => rank(left) - rank(right)) },
    { ...parts, onStep, targetOf: ({ point }) => targetOf(point, parts.accessTo(certificate.accountId)) },
  );
  onStep("clean up");
  const { retire = retireCertificate } = parts;
  return retire(certificate.arn, successor.arn, store, parts).catch(
    sayingNow(`${successor.arn} is in place everywhere, and the next run lets go of ${certificate.arn}`),
  );
}
