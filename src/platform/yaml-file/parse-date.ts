/** A date or a moment of RFC 3339, in UTC unless it says otherwise; an invalid Date for everything else. */
export function parseDate(text: string): Date {
  const known = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.exec(text);
  const date = new Date(known === null ? NaN : text);
  const day = known?.[1];
  return day !== undefined && known?.[2] === undefined && !isDay(date, day) ? new Date(NaN) : date;
}

/** Guards against a day that JavaScript would move into the next month. */
function isDay(date: Date, day: string): boolean {
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
