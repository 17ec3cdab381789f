import { html, type Markup } from "../../../pages/markup";
import { away, counted } from "../../../platform/words";

/** `2026-01-31 at 06:17 UTC`. */
export function moment(when: Date): Markup {
  const text = when.toISOString();
  return html`<time datetime="${text}">${text.slice(0, 10)} at ${text.slice(11, 16)} UTC</time>`;
}

/** `in 3 days`, `4 minutes ago`; when exactly is there for those who ask. */
export function awayFrom(now: Date, when: Date): Markup {
  const text = when.toISOString();
  return html`<time datetime="${text}" title="${text.slice(0, 16)} UTC">${awayText(now, when)}</time>`;
}

function awayText(now: Date, when: Date): string {
  const minutes = Math.floor(Math.abs(when.getTime() - now.getTime()) / 60_000);
  if (minutes >= 60) return away(now, when);
  const span = minutes === 0 ? "less than a minute" : counted(minutes, "minute");
  return when > now ? `in ${span}` : `${span} ago`;
}

/** `0.4 s`, `40 s`, `3 min`, `2 h`: how long something took. */
export function took(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
