import type { Recorder } from "../../ledger/recorder";
import { deploymentOf, type Deployment } from "../renew/deployment";
import type { ScannedCertificate } from "../scan/estate";
import type { AttachmentReport } from "./run-attachments";

/** How it ended that a certificate was put on listeners; where none was to be changed there is no news. */
export async function recordRollout(
  { arn, names, serial, accountId, region }: ScannedCertificate,
  reports: readonly AttachmentReport[],
  recorder: Recorder,
): Promise<void> {
  if (!reports.some(({ planned }) => planned.action.kind === "attach")) return;
  const error = reports.find((report) => report.error !== undefined)?.error;
  const attached = reports.filter(({ outcome }) => outcome?.result === "attached").length;
  const deployment = deploymentIn(reports, attached);
  await recorder.record({
    event: "rollout.ended",
    outcome: error === undefined ? "done" : deployment === undefined ? "refused" : "failed",
    subject: { names, certificateArn: arn, ...(serial !== undefined && { serial }), account: accountId, region },
    error,
    facts: { listeners: reports.length, attached, ...(deployment !== undefined && { deployment }) },
  });
}

/** Undefined where nothing was begun. What was proved before a failure stays. */
function deploymentIn(reports: readonly AttachmentReport[], attached: number): Deployment | undefined {
  const error = reports.find((report) => report.error !== undefined)?.error;
  if (error === undefined) return "complete";
  return attached > 0 ? "partial" : deploymentOf(error);
}
