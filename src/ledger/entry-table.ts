import { oneLine } from "../platform/report/one-line";
import type { LedgerLine } from "./ledger-line";

/** Entries for people: a line each, aligned, what went wrong below its own line. */
export function entryTable(entries: readonly LedgerLine[]): string {
  const rows = entries.map((entry) => ({ entry, cells: cellsOf(entry).map(oneLine) }));
  const widths = rows.reduce<number[]>(
    (widest, { cells }) => cells.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  );
  return rows
    .map(({ entry: { error, why }, cells }) => {
      const aligned = cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ");
      const line = `${aligned}  ${oneLine(why ?? "")}`.trimEnd();
      return error === undefined ? line : `${line}\n    ${oneLine(`${error.code}: ${error.message}`)}`;
    })
    .map((line) => line + "\n")
    .join("");
}

function cellsOf({ time, event, outcome, subject, actor }: LedgerLine): string[] {
  const { names = [], certificateArn, attachment, stack, rule } = subject;
  const [first = attachment ?? certificateArn ?? stack ?? rule ?? "-", ...others] = names;
  const about = others.length === 0 ? first : `${first} +${others.length}`;
  return [time.replace(/\.\d+Z$/, "Z"), event, outcome, about, actor.who];
}
