import { away } from "../../platform/words";
import type { DaemonState } from "./drift-daemon";

/** The clock is looked at once a minute while a run is waited for. */
const toleranceMs = 2 * 60_000;

export interface Health {
  readonly status: "ok" | "failing";
  /** Why it is failing: one sentence each. */
  readonly reasons: readonly string[];
}

/**
 * Whether runs happen and can be believed. What they find is not its matter: stacks that need somebody are on the page and
 * in the metrics. `history`: what went wrong when the history was read last.
 */
export function healthOf(state: DaemonState, history: Error | undefined, now: Date): Health {
  const { lastRun, lastSelfTest, nextRunAt, runningSince } = state;
  const reasons: string[] = [];
  if (history !== undefined) reasons.push(`the history cannot be read: ${history.message}`);
  if (lastRun?.error !== undefined)
    reasons.push(`the last run, ${away(now, lastRun.at)}, could not begin: ${lastRun.error.message}`);
  if (lastSelfTest?.error !== undefined) reasons.push(`the self-test failed: ${lastSelfTest.error.message}`);
  if (runningSince === undefined && (nextRunAt === undefined || now.getTime() - nextRunAt.getTime() > toleranceMs))
    reasons.push(
      nextRunAt === undefined
        ? "no run is due any more"
        : `a run was due at ${nextRunAt.toISOString()} and has not begun`,
    );
  return { status: reasons.length === 0 ? "ok" : "failing", reasons };
}
