/**
 * A new certificate on trial: under an ARN of its own, on one listener, before it is imported over the one in place,
 * which cannot be undone. The copy is tagged, so that a run that dies leaves nothing that the next one does not find.
 */
import type { CertificateStore } from "../../aws/certificate-store";
import { canaryTag, generationTag, manageCerts, managerTag } from "../../issuance/certificate-tags";
import { importNew } from "../../issuance/import-certificate";
import type { IssuedCertificate } from "../../issuance/issue-certificate";
import { rollOut } from "../../rollout/roll-out";
import type { Attachment, ScannedCertificate } from "../scan/estate";
import type { ServingPlace } from "./prove-serving";
import type { OnStep, RenewParts } from "./renew-parts";
import { deleteUnused } from "./retire-certificate";
import { listFirst, switchAttachments } from "./switch-attachments";
import { targetOf } from "./target-of";

export interface Trial {
  readonly certificate: ScannedCertificate;
  readonly attachments: readonly Attachment[];
  readonly places: readonly ServingPlace[];
  readonly store: CertificateStore;
  readonly onStep: OnStep;
}

/** Imports the copy. */
export async function importCopy(
  issued: IssuedCertificate,
  { certificate, store }: Trial,
  parts: RenewParts,
): Promise<string> {
  const tags = {
    [canaryTag]: certificate.arn,
    [managerTag]: manageCerts,
    [generationTag]: parts.newGeneration(),
  };
  return (await importNew(issued, tags, { ...parts, store })).arn;
}

/**
 * Serves the copy from the canary until it is proved there. Errors: `handshake_failed`; the canary is put back then, and
 * the copy is gone.
 */
export async function tryOnCanary(
  copy: { arn: string; serial: string },
  trial: Trial,
  parts: RenewParts,
): Promise<void> {
  const { certificate, attachments, places, store, onStep } = trial;
  try {
    await switchAttachments(
      { certificate, successor: copy, attachments, places },
      {
        ...parts,
        targetOf: (each) => targetOf(each.point, parts.accessTo(certificate.accountId)),
        onStep: (step, where) => onStep(step === "attach" ? "try" : step, where),
      },
    );
  } catch (error) {
    await deleteUnused(copy.arn, store, parts);
    throw error;
  }
}

/** Puts the listeners of a trial back to the certificate it was for, and deletes the copy. Says what is left. */
export async function endTrial(
  copyArn: string,
  { certificate, attachments, store, onStep }: Omit<Trial, "places">,
  parts: RenewParts,
): Promise<readonly string[]> {
  for (const { point, role } of listFirst(attachments)) {
    onStep("put back", point.name);
    const target = targetOf(point, parts.accessTo(certificate.accountId));
    // where a run died right after the copy became the default, the list still has what was default before
    const isListed = attachments.some((other) => other.point.id === point.id && other.role === "sni");
    if (role === "default" && !isListed && (await target.served(parts.signal)).defaultArn === copyArn)
      await target.removeSni(certificate.arn, parts.signal);
    await rollOut(target, {
      ...{ certificateArn: certificate.arn, role, followsArn: copyArn },
      ...{ signal: parts.signal, sleep: parts.sleep },
    });
  }
  onStep("clean up");
  return deleteUnused(copyArn, store, parts);
}
