import type { Recorder } from "../../ledger/recorder";
import type { RenewalReport } from "./run-renewals";

/** How a renewal ended, or that it was not begun. What was left alone is no news. */
export async function recordRenewal({ planned, outcome, error }: RenewalReport, recorder: Recorder): Promise<void> {
  const { certificate, action } = planned;
  if (action.kind === "left") return;
  const { names, arn, accountId, region } = certificate;
  await recorder.record({
    event: "renewal.ended",
    outcome: error === undefined ? "done" : action.kind === "blocked" ? "refused" : "failed",
    subject: { names, certificateArn: outcome?.arn ?? arn, account: accountId, region },
    why: action.why,
    error,
    facts: { action: action.kind, ...(outcome && { result: outcome.result }) },
  });
}
