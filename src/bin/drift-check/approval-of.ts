import { changesOfPlan } from "../../drift/history/changes-of-plan";
import type { RunHistory } from "../../drift/history/run-history";
import { approvalFact } from "../../drift/report/approval-fact";
import type { Approval } from "../../drift/run/approval";
import { usualActor } from "../../ledger/usual-recorder";
import type { CheckOptions } from "./check";

/** What somebody said on the command line. */
export interface GivenApproval {
  /** Of the plan; all 64 digits. */
  readonly checksum: string;
  readonly reason?: string;
}

/** With who said it, and what is known of the plan that was meant. Errors: `store_unreadable`. */
export async function approvalOf(
  { checksum, reason }: GivenApproval,
  history: RunHistory,
  { environment, recorder }: Pick<CheckOptions, "environment" | "recorder">,
): Promise<Approval> {
  return {
    ...{ checksum, reason, who: usualActor(environment).who },
    changes: await changesOfPlan(checksum, history),
    onAccepted: (report) => recorder.record(approvalFact(report, { checksum, reason })),
  };
}
