import { gauge } from "../../platform/report/gauge";
import { CounterFamily } from "../../platform/report/metric-family";
import type { ExitCode } from "../run/stack-report";
import type { StatusView } from "./status-view";

const exitCodes: readonly ExitCode[] = [0, 1, 2, 3, 4];

/** What concerns the daemon itself; docs/reference/metrics.md has them all. */
export function daemonMetrics({ daemon, health, waiting }: StatusView): string {
  const { nextRunAt, runningSince, lastSelfTest, skipped } = daemon;
  const seconds = (date: Date) => date.getTime() / 1000;
  const single = (name: string, help: string, value: number | undefined) =>
    value === undefined ? "" : gauge(name, help, [{ value }]);
  const runs = new CounterFamily({
    ...{ name: "drift_check_runs_total", labelNames: ["exit_code"] },
    help: "runs since the start of the daemon, by what they came to",
  });
  // a series that is not there cannot be seen to rise
  for (const code of exitCodes) runs.add([`${code}`], daemon.runs.get(code) ?? 0);
  const left = new CounterFamily({ name: "drift_check_skipped_runs_total", help: "runs left out since then" });
  left.add([], skipped);
  return [
    single("drift_check_healthy", "1 where /healthz says yes", Number(health.status === "ok")),
    single("drift_check_running", "1 while a run goes on", Number(runningSince !== undefined)),
    single("drift_check_next_run_timestamp_seconds", "when the next run begins", nextRunAt && seconds(nextRunAt)),
    `${runs.text()}\n`,
    `${left.text()}\n`,
    single(
      "drift_check_self_test_up",
      "1 where the last self-test saw what was planted",
      lastSelfTest && Number(lastSelfTest.error === undefined),
    ),
    single("drift_check_self_test_timestamp_seconds", "when it ended", lastSelfTest && seconds(lastSelfTest.at)),
    single("drift_check_waiting_plans", "plans that wait for an approval", waiting.length),
  ].join("");
}
