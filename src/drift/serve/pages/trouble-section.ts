import { html, type Markup } from "../../../pages/markup";
import type { Trouble, TroubleGroup } from "../dashboards/open-troubles";
import { awayFrom } from "./moment";
import { runbookLink } from "./runbook-link";

/** So many of a group stand there; the rest is counted. */
const mostTold = 5;

/** What is wrong, whose it is, since when, and what to do; undefined where nothing is. */
export function troubleSection(groups: readonly TroubleGroup[], runbooks: string, now: Date): Markup | undefined {
  if (groups.length === 0) return undefined;
  return html`<section aria-labelledby="wrong-title">
    <h2 id="wrong-title">What is wrong</h2>
    <ul class="cards">
      ${groups.map((group) => card(group, runbooks, now))}
    </ul>
  </section>`;
}

function card({ kind, title, runbook, troubles }: TroubleGroup, runbooks: string, now: Date): Markup {
  const more = troubles.length - mostTold;
  return html`<li class="card ${kind}">
    <h3>${title}</h3>
    <p class="small">Runbook: ${runbookLink(runbooks, runbook)}</p>
    <ul class="list plain">
      ${troubles.slice(0, mostTold).map((trouble) => line(trouble, now))}
      ${more > 0 ? html`<li class="quiet">and ${more} more</li>` : undefined}
    </ul>
  </li>`;
}

function line({ what, how, at, owner, command }: Trouble, now: Date): Markup {
  return html`<li class="name">
    <span class="strong">${what}</span> ${how} ${at && awayFrom(now, at)}
    ${owner && html`<span class="quiet">· ${owner}</span>`}<code class="command" tabindex="0">${command}</code>
  </li>`;
}
