const hourMs = 3600_000;
const keptHours = 7 * 24;

/** How often something happened, by its name and the hour, for a week. */
export class HourCounts {
  private readonly hours = new Map<number, Map<string, number>>();

  add(key: string, at: Date): void {
    const hour = Math.floor(at.getTime() / hourMs);
    const counts = this.hours.get(hour) ?? new Map<string, number>();
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (this.hours.has(hour)) return;
    this.hours.set(hour, counts);
    for (const known of this.hours.keys()) if (known <= hour - 2 * keptHours) this.hours.delete(known);
  }

  /** Of so many hours up to now, by name; those that never happened are not there. */
  counts(now: Date, hours: number): Map<string, number> {
    const current = Math.floor(now.getTime() / hourMs);
    const totals = new Map<string, number>();
    for (const [hour, counts] of this.hours)
      if (hour <= current && hour > current - hours)
        for (const [key, count] of counts) totals.set(key, (totals.get(key) ?? 0) + count);
    return totals;
  }
}
