import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { latestResults, type StackResult } from "../../drift/history/latest-results";
import { RunHistory } from "../../drift/history/run-history";
import { PendingPlans } from "../../drift/pending/pending-plans";
import { stackStandings, type StackStanding } from "../../drift/standing/stack-standing";
import { systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import { userFolders } from "../../platform/user-folders";

/** How every stack stands that was looked at here and whose folder is still there. Errors: `run_not_found`, `store_unreadable`. */
export async function standings(): Promise<StackStanding[]> {
  const { state } = userFolders(process.env, homedir());
  const history = new RunHistory(state, systemClock);
  const results: StackResult[] = [];
  for (const each of await latestResults(history)) if (await isFolder(each.result.folder)) results.push(each);
  if (results.length === 0)
    throw new AppError("run_not_found", `no run of a stack that is still there is kept in ${history.folder}`, {
      hint: "drift-check run looks at stacks; UNEXPIRED_STATE_DIR says where its runs are kept",
    });
  return stackStandings(results, await new PendingPlans(state, systemClock).list());
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
