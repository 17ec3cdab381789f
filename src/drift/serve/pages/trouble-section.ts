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

function card({ kind, title, runbook, troubles, page }: TroubleGroup, runbooks: string, now: Date): Markup {
  const told = troubles.slice(0, mostTold);
  const commands = new Set(told.map(({ command }) => command));
  const more = `and ${troubles.length - mostTold} more`;
  return html`<li class="card ${kind}">
    <h3>${title}</h3>
    <p class="small">Runbook: ${runbookLink(runbooks, runbook)}</p>
    <ul class="list plain">
      ${told.map((trouble) => line(trouble, now))}
      ${
        troubles.length > mostTold
          ? html`<li class="quiet">${page === undefined ? more : html`<a href="${page}">${more}</a>`}</li>`
          : undefined
      }
    </ul>
    ${[...commands].map((command) => html`<code class="command" tabindex="0">${command}</code>`)}
  </li>`;
}

function line({ what, how, at, owner }: Trouble, now: Date): Markup {
  return html`<li class="name">
    <span class="strong">${what}</span> ${how} ${at && awayFrom(now, at)}
    ${owner && html`<span class="quiet">· ${owner}</span>`}
  </li>`;
}
