import { html, type Markup } from "../../../pages/markup";

/** To a page of docs/runbooks, where pages are somewhere on the web; else its path. `runbooks`: without a final slash. */
export function runbookLink(runbooks: string, page: string): Markup {
  const place = `${runbooks}/${page}.md`;
  return /^https?:\/\//.test(runbooks)
    ? html`<a href="${place}" rel="noreferrer">${page.replaceAll("-", " ")}</a>`
    : html`<code>${place}</code>`;
}
