/** What was planned and what came of it, in the words that reports in JUnit XML and in Markdown share. */
import type { AppError, ErrorCode } from "../../platform/errors";
import type { CaseOutcome } from "./junit-suite";

/** One thing of a run: a certificate, or a listener. */
export interface Told {
  readonly action: BlockedAction | OtherAction;
  readonly error?: AppError;
}

interface OtherAction {
  readonly kind: string;
  readonly why: string;
}

interface BlockedAction extends OtherAction {
  readonly code: ErrorCode;
  readonly hint?: string;
}

/** @param skipped why nothing was done; undefined where something was, and where nothing had to be */
export function caseOutcome({ action, error }: Told, skipped: string | undefined): CaseOutcome | undefined {
  if (error !== undefined) return { state: "failure", type: error.code, message: error.message, more: error.hint };
  if ("code" in action) return { state: "failure", type: action.code, message: action.why, more: action.hint };
  return skipped === undefined ? undefined : { state: "skipped", message: skipped };
}

/** A cell of a table. @param told what came of it; undefined in a dry run */
export function outcomeCell(
  { action, error }: Told,
  told: readonly string[] | undefined,
  notes: readonly string[],
): string {
  if (error !== undefined) return `failed: ${error.message} (${error.code})`;
  if ("code" in action) return `blocked: ${action.why} (${action.code})`;
  return [...(told ?? [`${action.kind}: ${action.why}`]), ...notes].join("; ");
}
