import type { Attempt } from "./drift-daemon";
import type { StatusDocument } from "./status-document-shape";
import type { StatusView } from "./status-view";

/** What the pages about runs show, in its published form. */
export function toStatusDocument(view: StatusView): StatusDocument {
  const { now, health, schedule, applies, daemon, stacks, runs, waiting, certificates } = view;
  const { startedAt, nextRunAt, runningSince, lastRun, lastSelfTest, skipped } = daemon;
  const document = {
    ...{ version: 1, at: now, health, applies, schedule: { text: schedule.text, timeZone: schedule.timeZone } },
    daemon: {
      ...{ startedAt, nextRunAt, runningSince, skipped },
      ...{ lastRun: told(lastRun), lastSelfTest: told(lastSelfTest) },
    },
    stacks: stacks.map(({ runId: run, result: { name, folder, outcome, startedAt: at, changes, ...result } }) => {
      const [finding] = result.findings;
      const why = result.failure?.message ?? (finding && `${finding.subject}: ${finding.message}`);
      return { name, folder, outcome, run, at, changes: changes.length, checksum: result.checksum, why };
    }),
    runs: runs.map((run) => ({ ...run, outcomes: Object.fromEntries(run.outcomes) })),
    waiting: waiting.map(({ stack, since, until, approveWith }) => ({ stack, since, until, approveWith })),
    certificates,
  };
  return JSON.parse(JSON.stringify(document)) as StatusDocument;
}

function told(attempt: Attempt | undefined) {
  if (attempt?.error === undefined) return attempt;
  const { code, message } = attempt.error;
  return { at: attempt.at, error: { code, message } };
}
