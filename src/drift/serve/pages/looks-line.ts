import { html, type Markup } from "../../../pages/markup";
import type { DashboardView } from "../dashboards/dashboard-view";
import { awayFrom } from "./moment";

const names: Readonly<Record<DashboardView["looks"][number]["source"], string>> = {
  scan: "in a scan",
  "drift-check": "by drift-check",
};

/** How old what is known of endpoints and certificates is: of several looks of one kind, the oldest. */
export function looksLine({ looks, status: { now } }: DashboardView): Markup {
  const oldest = new Map([...looks].reverse().map(({ source, at }) => [source, at]));
  if (oldest.size === 0) return html`<p class="quiet">Nobody has looked at endpoints and certificates yet.</p>`;
  return html`<p class="quiet">
    Endpoints and certificates were looked at
    ${[...oldest].map(([source, at], index) => html`${index === 0 ? "" : ", "}${names[source]} ${awayFrom(now, at)}`)}.
  </p>`;
}
