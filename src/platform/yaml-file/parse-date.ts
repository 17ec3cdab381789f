/** A date or a moment of RFC 3339, in UTC unless it says otherwise; an invalid Date for everything else. */
export function parseDate(text: string): Date {
  const known = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.exec(text);
  const date = new Date(known === null ? NaN : text);
  return known?.[1] === undefined || isDay(known[1]) ? date : new Date(NaN);
}

/** Guards against a day that JavaScript would move into the next month. */
function isDay(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
