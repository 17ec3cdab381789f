import type { LedgerLine } from "../../../ledger/ledger-line";
import { html, type Markup } from "../../../pages/markup";

/** The first of its names, and how many more there are. */
export function subjectText({ subject: { names = [], certificateArn, serial } }: Pick<LedgerLine, "subject">): Markup {
  const [first = certificateArn ?? serial ?? "", ...others] = names;
  return html`<span class="name strong">${first}${others.length === 0 ? "" : ` and ${others.length} more`}</span>`;
}

/** With the pipeline's own page, if that is one. */
export function whoText({ actor: { who, program, runUrl = "" } }: Pick<LedgerLine, "actor">): Markup {
  const name = /^https:\/\//.test(runUrl) ? html`<a href="${runUrl}" rel="noreferrer">${who}</a>` : html`${who}`;
  return html`<span class="name">${name} <span class="quiet small block">${program}</span></span>`;
}
