import type { LedgerFact } from "../../ledger/recorder";
import type { Approval } from "../run/approval";
import type { StackReport } from "../run/stack-report";

type Given = Pick<Approval, "checksum" | "reason">;

/** That somebody approved a plan, for the ledger, before it is applied. */
export function approvalFact(
  { stack, verdict }: Pick<StackReport, "stack" | "verdict">,
  { checksum, reason }: Given,
): LedgerFact {
  return {
    ...{ event: "change.approved", outcome: "done", subject: { stack: stack.name } },
    ...(reason !== undefined && { why: reason }),
    facts: { checksum, ...(verdict !== undefined && { verdict }) },
  };
}

/** That the word of somebody was not enough, or came too late; undefined where it was followed. */
export function refusalFact(report: StackReport, given: Given): LedgerFact | undefined {
  if (report.approvedBy !== undefined) return undefined;
  return { ...approvalFact(report, given), outcome: "refused", error: report.failure?.error };
}
