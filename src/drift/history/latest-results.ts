import type { RunDocument } from "../report/run-document-shape";
import type { RunHistory } from "./run-history";

/** What a stack came to when it was looked at last. */
export interface StackResult {
  /** Of the run. */
  readonly runId: string;
  readonly result: RunDocument["stacks"][number];
}

/** Of every stack that was in one of the runs kept, its latest, in the order of names. Errors: `store_unreadable`. */
export async function latestResults(history: Pick<RunHistory, "runs">): Promise<StackResult[]> {
  const latest = new Map<string, StackResult>();
  for await (const { id, document } of history.runs())
    for (const result of document.stacks)
      if (!latest.has(result.folder)) latest.set(result.folder, { runId: id, result });
  return [...latest.values()].sort((left, right) => (left.result.name < right.result.name ? -1 : 1));
}
