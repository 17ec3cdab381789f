import { LaggingValue } from "../../../../src/sandbox/aws/lagging-value";

test("readers see a value only after its lag, and the one before until then", () => {
  const value = new LaggingValue<string>();
  const at = (ms: number) => new Date(ms);
  value.set("one", at(0), 100);
  expect(value.seen(at(99))).toBeUndefined();
  expect(value.seen(at(100))).toBe("one");
  value.set("two", at(200), 100);
  expect(value.seen(at(299))).toBe("one");
  expect(value.seen(at(300))).toBe("two");
});
