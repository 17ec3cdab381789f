import { html, type Markup } from "../../../pages/markup";

export interface Figure {
  readonly name: Markup | string;
  readonly value: Markup | string | number;
}

export interface Verdict {
  readonly kind: "fine" | "warning" | "critical";
  readonly text: string;
}

/** How it stands, and the few numbers that say so. */
export function summary({ kind, text }: Verdict, figures: readonly Figure[]): Markup {
  return html`<section class="summary" aria-label="Summary">
    <p class="verdict ${kind}">${text}</p>
    <dl class="figures">
      ${figures.map(
        ({ name, value }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
