import { aligned } from "../platform/report/aligned";
import type { DrillReport } from "./measure-drill";

/** A row for each drill, then what failed. */
export function drillTable(reports: readonly DrillReport[]): string {
  const failed = reports.filter(({ failures }) => failures.length > 0);
  return [
    ...aligned([head, ...reports.map(rowOf)]),
    "",
    ...failed.flatMap(({ name, failures }) => failures.map((why) => `!! ${name}: ${why}`)),
    failed.length === 0
      ? `${reports.length} of ${reports.length} alarms came, and everything is green again`
      : `${failed.length} of ${reports.length} drills failed`,
    "",
  ].join("\n");
}

const head = ["", "DRILL", "ALARM", "AFTER", "RULE WAITS", "OBJECTIVE", "GREEN AGAIN", "OBJECTIVE"];

function rowOf(report: DrillReport): string[] {
  const { name, alert, detectedSeconds, recoveredSeconds, ruleSeconds, objectives, failures } = report;
  const { detectSeconds, recoverSeconds } = objectives;
  const waits = ruleSeconds === undefined ? "-" : span(ruleSeconds);
  const mark = failures.length === 0 ? "ok" : "!!";
  const detected = [took(detectedSeconds), waits, span(detectSeconds)];
  return [mark, name, alert, ...detected, took(recoveredSeconds), span(recoverSeconds)];
}

const took = (seconds: number | undefined) => (seconds === undefined ? "never" : `${seconds.toFixed(1)} s`);
const span = (seconds: number) => (seconds > 7200 ? `${seconds / 3600} h` : `${seconds / 60} min`);
