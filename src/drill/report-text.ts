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

const head = ["", "DRILL", "ALARM", "AFTER", "OBJECTIVE", "GREEN AGAIN", "OBJECTIVE"];

function rowOf({ name, alert, detectedSeconds, recoveredSeconds, objectives, failures }: DrillReport): string[] {
  const { detectSeconds, recoverSeconds } = objectives;
  const mark = failures.length === 0 ? "ok" : "!!";
  return [mark, name, alert, took(detectedSeconds), span(detectSeconds), took(recoveredSeconds), span(recoverSeconds)];
}

const took = (seconds: number | undefined) => (seconds === undefined ? "never" : `${seconds.toFixed(1)} s`);
const span = (seconds: number) => `${seconds / 60} min`;
