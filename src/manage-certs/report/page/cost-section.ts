import { html, type Markup } from "../../../pages/markup";
import type { Costs } from "../../costs/estimate-costs";
import { costCells, costNotes } from "../costs-text";

const columns = ["Team", "Certificates", "Now", "With ACM", "With Let's Encrypt"] as const;

/** What the estate costs in a year, by team. */
export function costSection(costs: Costs): Markup {
  const { teams, currency } = costs;
  const rows = [
    ...teams.map((each) => [each.team ?? "nobody named", ...costCells(each)]),
    ...(teams.length === 1 ? [] : [["all", ...costCells(costs)]]),
  ];
  const notes = costNotes(costs);
  return html`<section aria-labelledby="costs-title">
    <h2 id="costs-title">Costs of a year in ${currency}</h2>
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (cells) =>
            html`<tr role="row">
              ${cells.map(cellOf)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${notes.map((note) => html`<p class="quiet">${note}</p>`)}
  </section>`;
}

function cellOf(cell: string, index: number): Markup {
  return html`<td role="cell" data-label="${columns[index] ?? ""}">${cell}</td>`;
}
