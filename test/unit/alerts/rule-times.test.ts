import { day, hour, minute, RuleTimes } from "../../../src/alerts/rule-times";

test.each([
  [1, 90 * minute, "90m"],
  [1, hour, "1h"],
  [1, 7 * day, "7d"],
  [60, hour, "1m"],
  [60, 90, "2s"],
  [600, minute, "1s"],
])("divided by %d, %d seconds are %s", (scale, seconds, written) => {
  expect(new RuleTimes(scale).range(seconds)).toBe(written);
});

test("an age keeps its fraction", () => {
  expect(new RuleTimes().seconds(3 * day)).toBe(259200);
  expect(new RuleTimes(1000).seconds(minute)).toBe(0.06);
});
