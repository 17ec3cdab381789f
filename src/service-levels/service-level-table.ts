import { aligned } from "../platform/report/aligned";
import type { ServiceLevel } from "./service-levels";
import { budgetWindow, type Window } from "./targets";

/** The long windows that alerts ask (Google, SRE workbook, "Alerting on SLOs"). */
const burnColumns: readonly Window[] = ["1h", "6h", "3d"];

/** For people: a line for each, with what is left of its error budget. */
export function serviceLevelTable(levels: readonly ServiceLevel[]): string {
  const header = [
    "SERVICE LEVEL",
    "TARGET",
    "30 DAYS",
    "OF",
    "BUDGET LEFT",
    ...burnColumns.map((each) => `BURN ${each}`),
  ];
  const rows = levels.map(({ title, target, windows, budgetRemaining = 0 }) => {
    if (windows === undefined) return [title, percent(target), "not measured"];
    const { ratio, good, bad } = windows[budgetWindow];
    const burns = burnColumns.map((window) => rate(windows[window].burnRate));
    return [
      title,
      percent(target),
      good + bad === 0 ? "-" : percent(ratio),
      String(good + bad),
      percent(budgetRemaining),
      ...burns,
    ];
  });
  return `${aligned([header, ...rows]).join("\n")}\n`;
}

/** Rounded down: it never looks better than it is. */
export function percent(ratio: number): string {
  return `${Math.floor(ratio * 10_000 + 1e-6) / 100} %`;
}

export function rate(burnRate: number | undefined): string {
  return burnRate === undefined ? "-" : String(Number(burnRate.toPrecision(3)));
}
