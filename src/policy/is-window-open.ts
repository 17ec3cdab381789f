import type { Window } from "./policy";
import { weekdays, type Weekday } from "./request";

/** Clocks of time zones, which are dear to make. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Whether the local clock shows a time from `from` on and before `to`, on one of the window's days. One that ends at or
 * before its beginning goes on into the next day, and its day is the one on which it began.
 */
export function isWindowOpen(
  { days, from, to, timeZone }: Pick<Window, "days" | "from" | "to" | "timeZone">,
  at: Date,
) {
  const { day, time } = localTime(timeZone, at);
  const isDay = (each: Weekday) => days === undefined || days.includes(each);
  if (from < to) return isDay(day) && from <= time && time < to;
  const yesterday = weekdays[(weekdays.indexOf(day) + 6) % 7] ?? day;
  return (isDay(day) && from <= time) || (isDay(yesterday) && time < to);
}

function localTime(timeZone: string, at: Date): { day: Weekday; time: string } {
  const clock = clocks.get(timeZone) ?? newClock(timeZone);
  clocks.set(timeZone, clock);
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const name = parts.get("weekday")?.toLowerCase();
  const day = weekdays.find((each) => each === name) ?? "mon";
  return { day, time: `${parts.get("hour")}:${parts.get("minute")}` };
}

function newClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
}
