import fc from "fast-check";
import { haveCommonText, isAnchored } from "../../../../../src/proxy/policy-file/lint/matched-texts";
import { canBeChallenge, canBeValue } from "../../../../../src/proxy/policy-file/lint/value-languages";

test.each([
  ["^a$", "^b$", false],
  ["a", "^b$", false],
  ["a", "b", true],
  ["^a+$", "^(?:aa)*a$", true],
  ["^(?:aa)+$", "^a(?:aa)*$", false],
  ["^[a-c]{2,3}$", "^[^a-c]+$", false],
  ["^[a-c]{2,3}$", "^.{3}$", true],
  ["^[a-c]{2,3}$", "^.{4,}$", false],
  ["^x|y$", "^y$", true],
  ["^(?<word>x?)$", "^$", true],
  ["a^", "^.*$", false],
  ["$a", "^.*$", false],
  ["^\\d\\.\\x41\\u0042$", "^1\\.AB$", true],
  ["^\\p{Lu}$", "^[A-Z]$", true],
  ["^[\\]]$", "^]$".replace("]", "\\]"), true],
  ["^(?:[a-z]|)$", "^$", true],
])("%s and %s have a text in common: %s", (left, right, expected) => {
  expect(haveCommonText(left, right)).toBe(expected);
  expect(haveCommonText(right, left)).toBe(expected);
});

test.each(["(a)\\1", "(?=a)", "(?<!a)b", "\\bx", "(?:(?:a{100}){100}){100}"])(
  "what is not regular, or too large, is not decided: %s",
  (pattern) => {
    expect(haveCommonText(pattern, "^a$")).toBeUndefined();
    expect(isAnchored(pattern, "end")).toBeUndefined();
  },
);

/** Patterns of the subset over two letters, small enough that short texts tell. */
const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "^", "$"),
    tie("pattern").map((inner) => `(?:${inner})`),
  ),
  pattern: fc
    .array(fc.tuple(tie("atom"), fc.constantFrom("", "", "*", "?", "+", "{2}", "{1,2}")), {
      minLength: 1,
      maxLength: 3,
    })
    .chain((parts) =>
      fc
        .constantFrom("", "|b")
        .map((tail) => parts.map(([atom, times]) => (/^[$^]$/.test(atom) ? atom : atom + times)).join("") + tail),
    ),
}));
const texts = ["", ..."ab"].flatMap((a) => ["", ..."ab"].flatMap((b) => ["", ..."ab"].map((c) => a + b + c)));

test("agrees with the engine on short texts", () => {
  fc.assert(
    fc.property(pattern, fc.constantFrom(...texts), (source, text) => {
      expect([source, text, haveCommonText(source, `^${text}$`)]).toEqual([
        source,
        text,
        new RegExp(source, "u").test(text),
      ]);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ["^a$", true, true],
  ["^a", true, false],
  ["a$", false, true],
  ["^a|b$", false, false],
  ["^(?:a|b)$", true, true],
  ["(^|x)a$", false, true],
  ["^.*$", true, true],
])("%s is anchored at start %s, at end %s", (source, start, end) => {
  expect([isAnchored(source, "start"), isAnchored(source, "end")]).toEqual([start, end]);
});

test.each([
  ["A", "^10\\.", true],
  ["AAAA", "^10\\.", false],
  ["CNAME", "^10\\.", true],
  ["CNAME", "\\.example\\.gov\\.$", false],
  ["CNAME", "^App\\.", false],
  ["A", "^10\\.300\\.", false],
  ["MX", "^10 mail\\.example\\.gov\\.$", true],
  ["MX", "^mail\\.example\\.gov$", false],
  ["CAA", '^0 issue "letsencrypt\\.org"$', true],
  ["TXT", "^v=spf1 ", undefined],
  ["A", "(?=1)", undefined],
] as const)("a value of %s can be like %s: %s", (type, source, expected) => {
  expect(canBeValue(type, new RegExp(source, "u"))).toBe(expected);
});

test.each([
  ["^v=spf1 ", false],
  ["^10\\.", false],
  ["^[a-z0-9]+$", true],
  ["verification", true],
  ["^.{44}$", false],
  ["(?=x)", true],
])("a challenge can be like %s: %s", (source, expected) => {
  expect(canBeChallenge(new RegExp(source, "u"))).toBe(expected);
});
