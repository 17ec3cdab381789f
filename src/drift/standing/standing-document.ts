import { worstOf } from "../run/stack-report";
import type { StackStanding } from "./stack-standing";
import type { StandingDocument } from "./standing-document-shape";

/** How stacks stand, in the published form. */
export function toStandingDocument(standings: readonly StackStanding[], now: Date): StandingDocument {
  const document = {
    ...{ version: 1, at: now, exitCode: worstOf(standings.map(({ result }) => result.exitCode)) },
    stacks: standings.map(({ runId: run, result, waiting, firstToEnd }) => ({
      ...{ run, result },
      waiting: waiting && {
        ...{ since: waiting.since, checksum: waiting.checksum },
        ...{ approveWith: waiting.approveWith, planFile: waiting.planFile },
      },
      firstToEnd: firstToEnd && {
        ...{ address: firstToEnd.address, names: firstToEnd.names },
        ...{ ends: firstToEnd.ends, seen: firstToEnd.seen },
      },
    })),
  };
  return JSON.parse(JSON.stringify(document)) as StandingDocument;
}
