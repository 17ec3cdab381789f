import { AppError } from "../../platform/errors";
import { planDifference } from "../pending/plan-difference";
import type { PendingChange } from "../pending/pending-plan";
import type { Approver, StackReport, ToldChange } from "./stack-report";

/** Leave to apply one plan of one stack, and no other. */
export interface Approval extends Approver {
  /** Of the plan; all 64 digits. */
  readonly checksum: string;
  /** What the plan would do, where that is still known: to tell in what another one differs. */
  readonly changes?: readonly ToldChange[];
  /** Puts on record that the approved plan is about to be applied. Never rejects. */
  readonly onAccepted: (report: Pick<StackReport, "stack" | "verdict" | "findings">) => Promise<void>;
}

/** The plan is another one. `now`: its changes, none where it is empty; `approveWith`: what would approve it. */
export function planChangedError(
  approval: Pick<Approval, "checksum" | "changes">,
  now: readonly PendingChange[],
  approveWith: string | undefined,
): AppError {
  const { checksum, changes } = approval;
  const what = `the plan with the checksum ${checksum} was approved, and`;
  if (now.length === 0)
    return new AppError("plan_changed", `${what} there is nothing left to do`, {
      hint: "if it was not applied by you, see who did, in the ledger",
    });
  const difference = changes === undefined ? "nothing is known here of the approved one" : planDifference(changes, now);
  return new AppError("plan_changed", `${what} the plan is another one now: ${difference}`, {
    hint: approveWith === undefined ? "run again, and see what the plan is now" : `look at it, then: ${approveWith}`,
  });
}
