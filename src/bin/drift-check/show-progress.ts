import { outcomeOf } from "../../drift/report/outcome-words";
import type { CommandManners } from "../command-manners";
import { ProgressLine } from "../progress-line";
import type { CheckOptions } from "./check";

/** What people see on standard error while stacks are run, and how they stop it. */
export function showProgress(
  manners: CommandManners,
): Required<Pick<CheckOptions, "signal" | "onFound" | "onStep" | "onDone">> {
  const stop = new AbortController();
  manners.onStopSignal(async (signal) => {
    manners.say(`${signal}: terraform is told to stop; what it has begun it brings to an end`);
    stop.abort();
  });
  const progress = new ProgressLine(process.stderr);
  let width = 0;
  return {
    signal: stop.signal,
    onFound: (stacks) => {
      width = Math.max(...stacks.map(({ name }) => name.length));
    },
    onStep: ({ name }, step) => progress.show(`${name}: ${step}`),
    onDone: (report) => {
      progress.clear();
      manners.say(`${report.stack.name.padEnd(width)}  ${outcomeOf(report)}`);
    },
  };
}
