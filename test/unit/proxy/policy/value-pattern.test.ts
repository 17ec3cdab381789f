import fc from "fast-check";
import { parseValuePattern } from "../../../../src/proxy/policy/value-pattern";

const endless = "a".repeat(60) + "!";

test("judges as the regular expression does, whatever it takes to find out", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", "b", "1", ".", "é"), maxLength: 12 });
  const patterns = fc.constantFrom("^a", "^(a|b)+$", "b{1,3}$", "^(?:a+b*)*1$", "^.{2,}$", "(a)\\1", "é");
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(parseValuePattern(pattern).test(text)).toBe(new RegExp(pattern, "u").test(text));
    }),
  );
});

test.each(["^(a+)+$", "^(a|a)*$", "^(a|aa){2,}$", "^(a*)*\\1$"])(
  "%s comes to an end, and does not grant",
  (pattern) => {
    expect(parseValuePattern(pattern).test(endless)).toBe(false);
  },
);

test("a pattern that used up its time grants nothing that takes time, until some has passed", () => {
  // made at 0, the first test takes from 1 s to 1.3 s, which is more than there is
  const moments = [0, 1_000, 1_300, 1_500, 3_500, 3_500];
  const pattern = parseValuePattern("^(a+)+$", () => moments.shift() ?? NaN);
  expect([pattern.test("aa"), pattern.test("aa"), pattern.test("aa")]).toEqual([true, false, true]);
});

test("a pattern without any repetition takes no time, however long the value is", () => {
  const never = () => 0;
  expect(parseValuePattern("^10\\.", never).test("10." + "1".repeat(60_000))).toBe(true);
});

test("what is no regular expression is refused", () => {
  expect(() => parseValuePattern("(")).toThrow(SyntaxError);
});
