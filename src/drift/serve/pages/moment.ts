import { html, type Markup } from "../../../pages/markup";
import { away } from "../../../platform/words";

/** `2026-01-31 at 06:17 UTC`. */
export function moment(when: Date): Markup {
  const text = when.toISOString();
  return html`<time datetime="${text}">${text.slice(0, 10)} at ${text.slice(11, 16)} UTC</time>`;
}

/** `in 3 days`; when exactly is there for those who ask. */
export function awayFrom(now: Date, when: Date): Markup {
  return html`<time datetime="${when.toISOString()}" title="${when.toISOString().slice(0, 16)} UTC"
    >${away(now, when)}</time
  >`;
}

/** `4 s`, `3 min`, `2 h`: how long something took. */
export function took(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
