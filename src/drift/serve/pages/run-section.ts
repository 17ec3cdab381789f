import { html, type Markup } from "../../../pages/markup";
import type { RunSummary } from "../recent-runs";
import { moment, took } from "./moment";
import { outcomeMark, outcomes, outcomeText } from "./outcome-mark";
import { pager, type Paged } from "./paging";
import { table, type Column } from "./table";

const columns: readonly Column<RunSummary>[] = [
  { title: "Began", isShort: true, cell: ({ at }) => html`<span>${moment(at)}</span>` },
  {
    title: "Came to",
    cell: ({ outcomes: counts }) => {
      const marks = outcomes.flatMap((outcome) => {
        const count = counts.get(outcome);
        return count === undefined ? [] : [html`${outcomeMark(outcome, `${count} ${outcomeText(outcome)}`)} `];
      });
      return html`<span>${marks}</span>`;
    },
  },
  {
    title: "Took",
    isShort: true,
    cell: ({ seconds, applies }) => html`<span>${took(seconds)}${applies ? "" : ", looked only"}</span>`,
  },
];

export function runSection(runs: Paged<RunSummary>): Markup | undefined {
  if (runs.total === 0) return undefined;
  return html`<section aria-labelledby="runs-title">
    <h2 id="runs-title">Last runs</h2>
    ${table("Last runs", columns, runs.items)} ${pager(runs, (page) => `/?runs=${page}`)}
  </section>`;
}
