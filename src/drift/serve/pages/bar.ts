import { html, type Markup } from "../../../pages/markup";

// classes and no style attributes: the policy of our pages allows none (CSP Level 3, 6.1.13)
const widths = Array.from({ length: 101 }, (_, per) => `.w${per}{width:${per}%}`).join("");

export const barStyles = `
.track{display:flex;height:.625rem;min-width:6rem;max-width:16rem;margin-top:.25rem;border-radius:.3125rem;background:var(--line);overflow:hidden}
.fill{display:block}
.fill.fine{background:var(--bar-later)}.fill.warning{background:var(--bar-soon)}.fill.critical{background:var(--bar-over)}
${widths}
`;

export interface Part {
  /** From 0 to 1. */
  readonly share: number;
  readonly kind: "fine" | "warning" | "critical";
}

/** A bar beside a text that says the same. */
export function bar(...parts: readonly Part[]): Markup {
  return html`<span class="track" aria-hidden="true"
    >${parts.map(({ share, kind }) => html`<span class="fill ${kind} w${width(share)}"></span>`)}</span
  >`;
}

function width(share: number): number {
  return Math.round(100 * Math.min(1, Math.max(0, share)));
}
