import { Schedule } from "../../../../src/drift/serve/schedule";

const at = (text: string) => new Date(text);

test("the next moment and the one before, not the moment itself", () => {
  const schedule = new Schedule("17 */6 * * *");
  expect(schedule.next(at("2026-06-01T06:17:00Z"))).toEqual(at("2026-06-01T12:17:00Z"));
  expect(schedule.next(at("2026-06-01T06:16:59Z"))).toEqual(at("2026-06-01T06:17:00Z"));
  expect(schedule.previous(at("2026-06-01T06:17:00Z"))).toEqual(at("2026-06-01T00:17:00Z"));
});

test("in a time zone with summer time a fixed time comes once a day", () => {
  const schedule = new Schedule("30 2 * * *", "Europe/Berlin");
  // 2026-03-29 has no 2:30, 2026-10-25 has two
  expect(schedule.next(at("2026-03-28T12:00:00Z"))).toEqual(at("2026-03-29T01:00:00Z"));
  expect(schedule.next(at("2026-10-24T12:00:00Z"))).toEqual(at("2026-10-25T00:30:00Z"));
  expect(schedule.next(at("2026-10-25T00:30:00Z"))).toEqual(at("2026-10-26T01:30:00Z"));
});

test("seconds may stand in front", () => {
  expect(new Schedule("*/10 * * * * *").next(at("2026-06-01T00:00:01Z"))).toEqual(at("2026-06-01T00:00:10Z"));
});

test.each([
  ["every hour", "UTC"],
  ["17 */6 * *", "UTC"],
  ["0 0 30 2 *", "UTC"],
  ["17 */6 * * *", "Mars/Phobos"],
])("%s in %s is refused, with the way out", (text, timeZone) => {
  expect(() => new Schedule(text, timeZone)).toThrow(
    expect.objectContaining({
      code: "invalid_argument",
      message: expect.stringContaining(`${text} in ${timeZone} is no schedule`) as string,
      hint: expect.stringContaining("17 */6 * * *") as string,
    }) as Error,
  );
});
