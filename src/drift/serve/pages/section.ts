import { html, type Markup } from "../../../pages/markup";

/** A part of a page with its title; what there is nothing of is said in a sentence. */
export function section(id: string, title: string, body: Markup | string, count?: number): Markup {
  const shown = count === undefined ? undefined : html` <span class="quiet">${count}</span>`;
  return html`<section aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}${shown}</h2>
    ${typeof body === "string" ? html`<p class="quiet">${body}</p>` : body}
  </section>`;
}
