import type { EstateView } from "../../findings/estate-view";
import { counted } from "../../findings/words";
import type { ScannedCertificate } from "../../scan/estate";
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

/** When the certificates in use end. */
export function timelineSection(view: EstateView): Markup | undefined {
  const used = view.certificates.filter((certificate) => certificate.notAfter && view.isUsed(certificate));
  if (used.length === 0) return undefined;
  const all = barsOf(used, view.now);
  const most = Math.max(fewest, ...all.map(({ count }) => count));
  return html`<section class="card" aria-labelledby="timeline-title">
    <h2 id="timeline-title">When they end</h2>
    <p class="quiet">Certificates in use, two weeks a bar.</p>
    <ol class="timeline">
      ${all.map((bar) => column(bar, most))}
    </ol>
  </section>`;
}

function column({ label, tick, kind, count }: Bar, most: number): Markup {
  const height = count === 0 ? 0 : Math.max(4, Math.round((100 * count) / most));
  return html`<li class="${kind}">
    <span class="sr">${label}: ${counted(count, "certificate")}</span
    ><span class="plot" aria-hidden="true"
      ><span class="count">${count === 0 ? "" : count}</span><span class="bar h${height}"></span></span
    ><span class="tick" aria-hidden="true">${tick}</span>
  </li>`;
}

function barsOf(used: readonly ScannedCertificate[], now: Date): Bar[] {
  const places = used.map(({ notAfter = now }) => place(notAfter, now));
  const countAt = (wanted: number) => places.filter((each) => each === wanted).length;
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
function place(notAfter: Date, now: Date): number {
  if (notAfter <= now) return -1;
  return Math.min(bars, Math.floor((notAfter.getTime() - now.getTime()) / (barDays * dayMs)));
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function month(when: Date): string {
  return months[when.getUTCMonth()] ?? "";
}

function day(when: Date): string {
  return `${when.getUTCDate()} ${month(when)}`;
}
