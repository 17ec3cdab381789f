import type { Budget, Entry } from "./benchmark";

/** The report for people: one line per entry, columns aligned, numbers to the right. */
export function renderTable(entries: readonly Entry[]): string {
  const header = ["measurement", "value", "", "budget", "", "ours", "baseline", ""];
  const rows = entries.map(({ name, value, unit, budget, ok, baseline }) => [
    name,
    number(value),
    unit,
    budget === null ? "" : budgetText(budget),
    budget === null ? "" : ok ? "ok" : "BROKEN",
    ...(baseline
      ? [`${number(baseline.ours)} ${baseline.unit}`, `${number(baseline.value)} ${baseline.unit}`, baseline.name]
      : ["", "", ""]),
  ]);
  const table = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const toTheRight = new Set([1, 3, 5, 6]);
  const cell = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return toTheRight.has(column) ? text.padStart(width) : text.padEnd(width);
  };
  return table.map((row) => row.map(cell).join("  ").trimEnd()).join("\n") + "\n";
}

export function budgetText(budget: Budget): string {
  return "atMost" in budget ? `≤ ${budget.atMost}` : `≥ ${budget.atLeast}`;
}

/** Three digits that count, whole from a hundred on. */
function number(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
