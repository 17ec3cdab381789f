/** Numbers and times in texts for people. */

const hourMs = 3600_000;
const dayMs = 24 * hourMs;

/** Whole days, downwards. */
export function days(from: Date, until: Date): number {
  return Math.floor((until.getTime() - from.getTime()) / dayMs);
}

/** `1 day`, `2 days`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `in 3 days`, `in 5 hours`, `2 days ago`, `less than an hour ago`. */
export function away(now: Date, when: Date): string {
  const ms = Math.abs(when.getTime() - now.getTime());
  const hours = ms < hourMs ? "less than an hour" : counted(Math.floor(ms / hourMs), "hour");
  const span = ms < dayMs ? hours : counted(Math.floor(ms / dayMs), "day");
  return when > now ? `in ${span}` : `${span} ago`;
}

/** `2026-01-31`, in UTC. */
export function date(when: Date): string {
  return when.toISOString().slice(0, 10);
}
