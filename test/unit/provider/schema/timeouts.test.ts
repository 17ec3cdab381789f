import { timeouts } from "../../../../src/provider/schema";
import { parseDuration } from "../../../../src/provider/schema/duration";
import { timeoutOf } from "../../../../src/provider/schema/timeouts";

test.each([
  ["30s", 30_000],
  ["10m", 600_000],
  ["1h30m", 5_400_000],
  ["1h0m5s", 3_605_000],
])("%s is %i ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "0s", "5", "m", "1m1h", "-1s", "1.5h", "10000h"])("%j is no duration", (text) => {
  expect(() => parseDuration(text)).toThrow("is not a duration");
});

const attributes = { timeouts: timeouts({ create: "30m", delete: "5m" }) };

test("what is written counts, then the default, then nothing", () => {
  expect(timeoutOf(attributes, { timeouts: { create: "1m", delete: null } }, "create")).toBe(60_000);
  expect(timeoutOf(attributes, { timeouts: { create: "1m", delete: null } }, "delete")).toBe(300_000);
  expect(timeoutOf(attributes, { timeouts: null }, "create")).toBe(1_800_000);
  expect(timeoutOf(attributes, { timeouts: null }, "read")).toBeUndefined();
  expect(timeoutOf({}, {}, "create")).toBeUndefined();
});
