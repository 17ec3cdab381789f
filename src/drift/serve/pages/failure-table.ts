import type { LedgerLine } from "../../../ledger/ledger-line";
import { html, type Markup } from "../../../pages/markup";
import type { DashboardView } from "../dashboards/dashboard-view";
import { runbookOf } from "../dashboards/runbook-of";
import { subjectText, whoText } from "./ledger-cells";
import { awayFrom, moment } from "./moment";
import { runbookLink } from "./runbook-link";
import { table, type Column } from "./table";

/** Renewals that failed, each with what to do, unless it was renewed since. */
export function failureTable(
  entries: readonly LedgerLine[],
  { ledger, runbooks, status: { now } }: DashboardView,
): Markup {
  const columns: Column<LedgerLine>[] = [
    {
      title: "When",
      isShort: true,
      cell: (entry) => html`<div>${awayFrom(now, new Date(entry.time))}${inLedger(entry)}</div>`,
    },
    { title: "Certificate", cell: subjectText },
    {
      title: "What it said",
      cell: ({ error, outcome }) =>
        html`<span class="name"
          >${error?.message ?? outcome} <code class="quiet small block">${error?.code}</code></span
        >`,
    },
    {
      title: "Now",
      cell: (entry) =>
        ledger.failedRenewals.wasRenewedSince(entry)
          ? html`<span class="mark fine">renewed since</span>`
          : html`<span class="name small">Runbook: ${runbookLink(runbooks, runbookOf(entry))}</span>`,
    },
    { title: "Who", cell: whoText },
  ];
  return table("Failed renewals", columns, entries);
}

/** When exactly, and how to see all that its run did. */
function inLedger({ time, actor: { run } }: LedgerLine): Markup {
  return html`<details>
    <summary>in the ledger</summary>
    ${moment(new Date(time))}<code class="command" tabindex="0">unexpired ledger show --about ${run}</code>
  </details>`;
}
