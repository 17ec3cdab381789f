import { budgetWindow, perWindow, windowNames, windows, type Window } from "./targets";

/** How much was good and how much was not. */
export interface Counts {
  readonly good: number;
  readonly bad: number;
}

const minuteMs = 60_000;
const keptMinutes = windows[budgetWindow] / minuteMs;

/** Good and bad events by the minute, as long as the longest window sees them. */
export class EventSeries {
  private readonly minutes = new Map<number, { good: number; bad: number }>();
  private latest = 0;

  add(at: Date, isGood: boolean): void {
    const minute = Math.floor(at.getTime() / minuteMs);
    if (minute > this.latest) this.advanceTo(minute);
    const counts = this.minutes.get(minute) ?? { good: 0, bad: 0 };
    if (isGood) counts.good += 1;
    else counts.bad += 1;
    this.minutes.set(minute, counts);
  }

  /** What fell into each window that ends now. */
  counts(now: Date): Record<Window, Counts> {
    const totals = perWindow(() => ({ good: 0, bad: 0 }));
    const current = Math.floor(now.getTime() / minuteMs);
    for (const [minute, { good, bad }] of this.minutes) {
      const ageMs = (current - minute) * minuteMs;
      for (const window of windowNames) {
        if (ageMs < 0 || ageMs >= windows[window]) continue;
        totals[window].good += good;
        totals[window].bad += bad;
      }
    }
    return totals;
  }

  /** Minutes that no window sees any more go, at times. */
  private advanceTo(minute: number): void {
    this.latest = minute;
    if (this.minutes.size < 2 * keptMinutes) return;
    for (const known of this.minutes.keys()) if (known <= minute - keptMinutes) this.minutes.delete(known);
  }
}

export function sum(one: Counts, other: Counts): Counts {
  return { good: one.good + other.good, bad: one.bad + other.bad };
}
