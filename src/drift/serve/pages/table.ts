import { html, type Markup } from "../../../pages/markup";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Markup | undefined;
  /** Few words: they stay on one line. */
  readonly isShort?: true;
}

/** A table that becomes a list of cards where there is no room for it; roles hold then, too. */
export function table<Row>(label: string, columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  return html`<table role="table" aria-label="${label}">
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(({ title, isShort }) => html`<th role="columnheader" scope="col" class="${isShort ? "short" : ""}">${title}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${columns.map((column) => cell(column, row))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function cell<Row>({ title, cell: content, isShort }: Column<Row>, row: Row): Markup {
  const shown = content(row);
  const kind = shown === undefined ? "empty" : isShort ? "short" : "";
  return html`<td role="cell" data-label="${title}" class="${kind}">${shown}</td>`;
}
