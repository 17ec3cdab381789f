import type { LedgerFact } from "../../ledger/recorder";
import { exitCodeOfStack, type StackReport } from "../run/stack-report";

/** That a stack was planned again, and what came of it, for the ledger. */
export function checkFact(report: StackReport): LedgerFact {
  const { stack, verdict, checksum, isApplied, failure, findings } = report;
  const code = exitCodeOfStack(report);
  return {
    event: "drift.checked",
    outcome: failure !== undefined ? "failed" : code === 3 || code === 4 ? "refused" : "done",
    subject: { stack: stack.name },
    ...(findings[0] !== undefined && { why: findings[0].message }),
    error: failure?.error,
    facts: {
      ...(verdict !== undefined && { verdict }),
      ...(checksum !== undefined && { checksum }),
      applied: isApplied,
    },
  };
}
