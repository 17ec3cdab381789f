import { retryAfterMs } from "../../../src/platform/retry-after";

const now = new Date("2026-01-02T03:04:05Z");

/** RFC 9110 10.2.3. */
test.each([
  [undefined, undefined],
  ["120", 120_000],
  ["0", 0],
  ["Fri, 02 Jan 2026 03:05:05 GMT", 60_000],
  ["Fri, 02 Jan 2026 03:00:00 GMT", 0],
  ["soon", undefined],
])("%s is %s", (value, expected) => expect(retryAfterMs(value, now)).toBe(expected));
