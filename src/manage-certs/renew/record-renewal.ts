import type { LedgerSubject } from "../../ledger/ledger-entry";
import type { Recorder } from "../../ledger/recorder";
import type { ScannedCertificate } from "../scan/estate";
import { deploymentOf, type Deployment } from "./deployment";
import type { PlannedRenewal, RenewalAction } from "./renewal-plan";
import type { RenewalReport } from "./run-renewals";

/** That a renewal begins: of one that is killed there is no end. `as`: where it is a part of something else. */
export async function recordBegin(
  { certificate, action }: Pick<PlannedRenewal, "certificate" | "action">,
  recorder: Recorder,
  as: { readonly action: string; readonly why: string } = { action: action.kind, why: action.why },
): Promise<void> {
  await recorder.record({
    event: "renewal.begun",
    outcome: "done",
    subject: subjectOf(certificate),
    why: as.why,
    facts: { action: as.action, ...issuerFact(action) },
  });
}

/** How a renewal ended, or that it was not begun. What was left alone is no news. */
export async function recordRenewal(report: RenewalReport, recorder: Recorder): Promise<void> {
  const { planned, outcome, error } = report;
  const { certificate, action } = planned;
  if (action.kind === "left") return;
  const subject = subjectOf(certificate);
  const deployment = deploymentIn(report);
  const hasMoved = outcome !== undefined && outcome.arn !== certificate.arn;
  await recorder.record({
    event: "renewal.ended",
    outcome: error === undefined ? "done" : action.kind === "blocked" ? "refused" : "failed",
    subject: hasMoved ? { ...subject, certificateArn: outcome.arn } : subject,
    why: action.why,
    error,
    facts: {
      action: action.kind,
      ...issuerFact(action),
      ...(outcome && { result: outcome.result }),
      ...(deployment !== undefined && { deployment }),
      ...(hasMoved && { formerArn: certificate.arn }),
    },
  });
}

function subjectOf({ names, arn, accountId, region }: ScannedCertificate): LedgerSubject {
  return { names, certificateArn: arn, account: accountId, region };
}

/** Where something is ordered. */
function issuerFact(action: RenewalAction): { readonly issuer?: string } {
  return action.kind === "renew" ? { issuer: new URL(action.issuer.directoryUrl).host } : {};
}

/** Undefined where nothing was to be brought anywhere, or it did not get that far. */
function deploymentIn({ planned, outcome, error }: RenewalReport): Deployment | undefined {
  if (planned.attachments.length === 0) return undefined;
  if (error !== undefined) return deploymentOf(error);
  return outcome?.result === "renewed" || outcome?.result === "finished" ? "complete" : undefined;
}
