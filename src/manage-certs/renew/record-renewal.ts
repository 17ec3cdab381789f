import type { Recorder } from "../../ledger/recorder";
import { deploymentOf, type Deployment } from "./deployment";
import type { RenewalReport } from "./run-renewals";

/** How a renewal ended, or that it was not begun. What was left alone is no news. */
export async function recordRenewal(report: RenewalReport, recorder: Recorder): Promise<void> {
  const { planned, outcome, error } = report;
  const { certificate, action } = planned;
  if (action.kind === "left") return;
  const { names, arn, accountId, region } = certificate;
  const deployment = deploymentIn(report);
  await recorder.record({
    event: "renewal.ended",
    outcome: error === undefined ? "done" : action.kind === "blocked" ? "refused" : "failed",
    subject: { names, certificateArn: outcome?.arn ?? arn, account: accountId, region },
    why: action.why,
    error,
    facts: {
      action: action.kind,
      ...(action.kind === "renew" && { issuer: new URL(action.issuer.directoryUrl).host }),
      ...(outcome && { result: outcome.result }),
      ...(deployment !== undefined && { deployment }),
    },
  });
}

/** Undefined where nothing was to be brought anywhere, or it did not get that far. */
function deploymentIn({ planned, outcome, error }: RenewalReport): Deployment | undefined {
  if (planned.attachments.length === 0) return undefined;
  if (error !== undefined) return deploymentOf(error);
  return outcome?.result === "renewed" || outcome?.result === "finished" ? "complete" : undefined;
}
