import { counted } from "../platform/words";
import { html, type Markup } from "./markup";

const dayMs = 24 * 3600_000;

/** Two weeks a bar, as far as certificates live: 200 days since 2026-03-15 (CA/B Baseline Requirements 6.3.2). */
const barDays = 14;
const bars = 15;

/** Of the highest bar: a single certificate is no tower. */
const fewest = 4;

interface Bar {
  /** For the reader: "until 15 Jun". */
  readonly label: string;
  /** Under the bar, where there is room. */
  readonly tick: string;
  readonly kind: "over" | "soon" | "later";
  readonly count: number;
}

/** When certificates end, two weeks a bar; who cannot see the bars is told them. */
export function endTimeline(ends: readonly Date[], now: Date): Markup {
  const all = barsOf(ends, now);
  const most = Math.max(fewest, ...all.map(({ count }) => count));
  return html`<ol class="timeline">
    ${all.map((bar) => column(bar, most))}
  </ol>`;
}

// classes and no style attributes: the policy of our pages allows none (CSP Level 3, 6.1.13)
const heights = Array.from({ length: 101 }, (_, per) => `.h${per}{height:${per}%}`).join("");

export const endTimelineStyles = `
.timeline{list-style:none;margin:1rem 0 0;padding:0;display:flex}
.timeline li{flex:1 1 0;min-width:0;display:flex;flex-direction:column}
.plot{height:8.5rem;display:flex;flex-direction:column;justify-content:flex-end;align-items:stretch;text-align:center;border-bottom:1px solid var(--line);padding:1.5rem 8% 0}
.count{font-size:.8125rem;font-variant-numeric:tabular-nums;line-height:1.4}
.bar{display:block;flex:none;border-radius:.25rem .25rem 0 0}
.over .bar{background:var(--bar-over)}.soon .bar{background:var(--bar-soon)}.later .bar{background:var(--bar-later)}
.tick{font-size:.75rem;color:var(--quiet);text-align:center;min-height:1.4em;margin-top:.25rem;white-space:nowrap}
.timeline li:first-child .tick{text-align:left}.timeline li:last-child .tick{text-align:right;direction:rtl}
${heights}
`;

function column({ label, tick, kind, count }: Bar, most: number): Markup {
  const height = count === 0 ? 0 : Math.max(4, Math.round((100 * count) / most));
  return html`<li class="${kind}">
    <span class="sr">${label}: ${counted(count, "certificate")}</span
    ><span class="plot" aria-hidden="true"
      ><span class="count">${count === 0 ? "" : count}</span><span class="bar h${height}"></span></span
    ><span class="tick" aria-hidden="true">${tick}</span>
  </li>`;
}

function barsOf(ends: readonly Date[], now: Date): Bar[] {
  const counts = new Map<number, number>();
  for (const end of ends) {
    const at = place(end, now);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const countAt = (wanted: number) => counts.get(wanted) ?? 0;
  const between = Array.from({ length: bars }, (_, index): Bar => {
    const from = new Date(now.getTime() + index * barDays * dayMs);
    const until = new Date(from.getTime() + (barDays - 1) * dayMs);
    // The ends of the row have ticks of their own.
    const isFirst = from.getUTCDate() <= barDays && index > 0 && index < bars - 1;
    return {
      label: `${day(from)} to ${day(until)}`,
      tick: isFirst ? month(from) : "",
      kind: index < 2 ? "soon" : "later",
      count: countAt(index),
    };
  });
  return [
    { label: "over", tick: "over", kind: "over", count: countAt(-1) },
    ...between,
    { label: `after ${bars * barDays} days`, tick: "later", kind: "later", count: countAt(bars) },
  ];
}

/** -1 for what is over, `bars` for what ends after the last bar. */
function place(end: Date, now: Date): number {
  if (end <= now) return -1;
  return Math.min(bars, Math.floor((end.getTime() - now.getTime()) / (barDays * dayMs)));
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function month(when: Date): string {
  return months[when.getUTCMonth()] ?? "";
}

function day(when: Date): string {
  return `${when.getUTCDate()} ${month(when)}`;
}
