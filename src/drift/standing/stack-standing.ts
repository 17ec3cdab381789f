import type { StackResult } from "../history/latest-results";
import type { PendingPlan } from "../pending/pending-plan";
import { seenCertificates } from "../serve/seen-certificates";
import type { SeenCertificate } from "../serve/status-view";

/** How a stack stands: what it came to when it was looked at last, and what waits for somebody. */
export interface StackStanding extends StackResult {
  readonly waiting?: PendingPlan;
  /** Of its certificates the one that ends first, as the last look saw it. */
  readonly firstToEnd?: SeenCertificate;
}

/** In the order of the results. */
export function stackStandings(results: readonly StackResult[], pending: readonly PendingPlan[]): StackStanding[] {
  return results.map((each) => {
    const waiting = pending.find(({ stack }) => stack.folder === each.result.folder);
    const [firstToEnd] = seenCertificates([each]).filter(({ ends }) => ends !== undefined);
    return { ...each, ...(waiting !== undefined && { waiting }), ...(firstToEnd !== undefined && { firstToEnd }) };
  });
}
