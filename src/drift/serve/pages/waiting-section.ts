import { html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { WaitingPlan } from "../status-view";
import { awayFrom } from "./moment";

/** So many reasons stand there; the rest is counted. */
const mostTold = 5;

/** Plans that wait for somebody, each with what approves it; undefined if there are none. */
export function waitingSection(waiting: readonly WaitingPlan[], now: Date): Markup | undefined {
  if (waiting.length === 0) return undefined;
  return html`<section aria-labelledby="waiting-title">
    <h2 id="waiting-title">Waiting for approval <span class="quiet">${waiting.length}</span></h2>
    <ul class="cards">
      ${waiting.map((plan) => card(plan, now))}
    </ul>
  </section>`;
}

function card({ stack, since, until, approveWith, changes, findings }: WaitingPlan, now: Date): Markup {
  const more = findings.length - mostTold;
  return html`<li class="card warning">
    <h3>${stack}</h3>
    <p class="quiet">
      ${counted(changes, "change")}, first found ${awayFrom(now, since)}; its plan is dropped ${awayFrom(now, until)}.
    </p>
    <ul>
      ${findings
        .slice(0, mostTold)
        .map(
          ({ subject, message, rule }) =>
            html`<li class="name"><code>${subject}</code>: ${message} <span class="quiet small">${rule}</span></li>`,
        )}
      ${more > 0 ? html`<li class="quiet">and ${more} more</li>` : undefined}
    </ul>
    <code class="command" tabindex="0">${approveWith}</code>
  </li>`;
}
