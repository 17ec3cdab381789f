import type { ToldChange } from "../run/stack-report";
import type { RunHistory } from "./run-history";

/** What the plan with this checksum would do, as far as a run that is kept has seen it. Errors: `store_unreadable`. */
export async function changesOfPlan(
  checksum: string,
  history: Pick<RunHistory, "runs">,
): Promise<readonly ToldChange[] | undefined> {
  for await (const { document } of history.runs()) {
    const seen = document.stacks.find((stack) => stack.checksum === checksum);
    if (seen !== undefined) return seen.changes;
  }
  return undefined;
}
