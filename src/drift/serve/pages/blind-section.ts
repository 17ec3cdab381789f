import { html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { DashboardView } from "../dashboards/dashboard-view";

/** Why a dashboard may not show all there is; undefined if it does. */
export function blindSection({ errors, isReading, entries }: DashboardView): Markup | undefined {
  if (isReading)
    return html`<p class="card">The ledger is being read, ${counted(entries, "entry", "entries")} so far.</p>`;
  if (errors.length === 0) return undefined;
  return html`<section class="card critical" aria-labelledby="blind-title">
    <h2 id="blind-title">Not looked at</h2>
    <p>What came since is not on this page.</p>
    <ul>
      ${errors.map(({ message, hint }) => html`<li class="name">${message}${hint === undefined ? "" : ` (${hint})`}</li>`)}
    </ul>
  </section>`;
}
