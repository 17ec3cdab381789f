import type { Recorder } from "../../ledger/recorder";
import { isReady } from "./revocation-plan";
import type { RevocationReport } from "./run-revocations";

/**
 * What became of a revocation, or that it was refused. What was left alone is no news. `begunAt`: when the first run that
 * took it up began.
 */
export async function recordRevocation(report: RevocationReport, begunAt: string, recorder: Recorder): Promise<void> {
  const { planned, outcome, error } = report;
  const { action, names, arn, serial } = planned;
  if (action.kind === "left" || outcome?.result === "left") return;
  await recorder.record({
    event: "certificate.revoked",
    outcome: error === undefined ? "done" : action.kind === "blocked" ? "refused" : "failed",
    subject: { names, certificateArn: arn, ...(serial !== undefined && { serial }) },
    why: action.why,
    error,
    facts: {
      begunAt,
      ...(isReady(planned) && { reason: planned.action.what.reason }),
      ...(action.kind === "revoke" && action.isUnused && { unused: true }),
      ...(outcome && { result: outcome.result }),
      ...(outcome?.replacement && { replacement: outcome.replacement.serial }),
    },
  });
}
