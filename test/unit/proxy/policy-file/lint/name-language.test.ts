import fc from "fast-check";
import { parseRecordName } from "../../../../../src/dns/record-name";
import { acmeChallengeGrant, acmValidationGrant } from "../../../../../src/proxy/policy/grant-presets";
import { parseNamePattern, type NamePattern } from "../../../../../src/dns/name-pattern";
import { covers, overlaps, sample, witness, type NameLanguage } from "../../../../../src/dns/name-language";
import { languagesOf } from "../../../../../src/proxy/policy-file/lint/languages-of";
import { NameTree } from "../../../../../src/proxy/policy-file/lint/name-tree";

const zone = "e.gov";
const hex = `_${"0".repeat(32)}`;

interface Compiled {
  readonly pattern: NamePattern;
  readonly language: NameLanguage;
}

function compiled(kind: "acm-validation" | "records", pattern: NamePattern): Compiled {
  const [language = []] = languagesOf({ kind, recordNames: [pattern] });
  return { pattern, language };
}

function acm(name: string): Compiled {
  const [pattern] = acmValidationGrant({ id: "g", client: "c", zone, names: [name] }).recordNames;
  if (pattern === undefined) throw new Error("no pattern");
  return compiled("acm-validation", pattern);
}

/** Few labels, so that patterns often meet; "w" and "v" because witnesses are made of them; long ones for the limit. */
const label = fc.constantFrom("a", "b", "w", "v", hex);
const padding = fc.constantFrom([], [], [], ["x".repeat(63), "y".repeat(63), "z".repeat(63), "p".repeat(51)]);
const patterns = fc
  .oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.constantFrom([], ["*"], ["**"], ["\\*"]),
          fc.array(fc.oneof(label, fc.constant("*")), { maxLength: 3 }),
          padding,
        )
        .map(([first, inner, long]) => [...first, ...inner, ...long, zone].join(".")),
    },
    { weight: 1, arbitrary: fc.constant("#") },
  )
  .map((source): Compiled | undefined => {
    if (source === "#") return acm("a.e.gov");
    try {
      return compiled("records", parseNamePattern(source, zone));
    } catch {
      return undefined; // longer than a name may be
    }
  })
  .filter((each) => each !== undefined);

const names = fc
  .tuple(fc.constantFrom([], ["*"]), fc.array(label, { maxLength: 4 }), padding)
  .map(([first, inner, long]) => [...first, ...inner, ...long, zone].join("."))
  .filter((name) => name.length <= 253);

test("what covers has every name; otherwise there is a name that tells", () => {
  fc.assert(
    fc.property(patterns, patterns, fc.array(names, { minLength: 20, maxLength: 20 }), (covering, covered, tried) => {
      const name = witness(covering.language, covered.language);
      if (name === undefined) {
        expect(covers(covering.language, covered.language)).toBe(true);
        for (const each of tried)
          if (covered.pattern.matches(each)) expect([each, covering.pattern.matches(each)]).toEqual([each, true]);
      } else {
        expect(parseRecordName(name)).toBe(name);
        expect([covered.pattern.matches(name), covering.pattern.matches(name)]).toEqual([true, false]);
      }
    }),
    { numRuns: 5_000 },
  );
});

test("patterns overlap if they have a name in common", () => {
  fc.assert(
    fc.property(patterns, patterns, fc.array(names, { minLength: 20, maxLength: 20 }), (left, right, tried) => {
      const common = tried.some((name) => left.pattern.matches(name) && right.pattern.matches(name));
      expect(overlaps(left.language, right.language)).toBe(overlaps(right.language, left.language));
      if (common) expect(overlaps(left.language, right.language)).toBe(true);
      if (covers(left.language, right.language)) expect(overlaps(left.language, right.language)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ["*.a.e.gov", "**.a.e.gov", true],
  ["*.a.e.gov", "w.*.e.gov", true],
  ["**.a.e.gov", "**.e.gov", true],
  ["**.a.e.gov", "**.b.e.gov", false],
  ["*.e.gov", "\\*.e.gov", false],
  ["a.e.gov", "**.a.e.gov", false],
  ["b.*.e.gov", "**.b.e.gov", true],
  ["b.c.e.gov", "**.b.e.gov", false],
])("%s and %s overlap: %s", (left, right, expected) => {
  const of = (source: string) => compiled("records", parseNamePattern(source, zone)).language;
  expect(overlaps(of(left), of(right))).toBe(expected);
  expect(overlaps(of(right), of(left))).toBe(expected);
});

test("the names of presets", () => {
  const [challenge] = languagesOf(acmeChallengeGrant({ id: "g", client: "c", zone, names: ["*.a.e.gov"] }));
  expect(challenge).toEqual(["_acme-challenge", "a", "e", "gov"]);
  const { language, pattern } = acm("a.e.gov");
  expect(language).toEqual(["#", "a", "e", "gov"]);
  expect(pattern.matches(sample(language) ?? "")).toBe(true);
  const long = `${"x".repeat(63)}.${"x".repeat(63)}.${"x".repeat(63)}.${"x".repeat(40)}.e.gov`;
  expect(sample(acm(long).language)).toBeUndefined();
});

test("the tree finds what a look at every pattern finds", () => {
  fc.assert(
    fc.property(fc.array(patterns, { minLength: 1, maxLength: 12 }), patterns, (all, { language }) => {
      const tree = new NameTree<number[]>();
      all.forEach((each, place) => tree.at(each.language, () => []).push(place));
      const by = (compare: typeof covers) =>
        all.flatMap((each, place) => (compare(each.language, language) ? [place] : []));
      expect(
        tree
          .covering(language)
          .flat()
          .sort((a, b) => a - b),
      ).toEqual(by(covers));
      expect(
        tree
          .overlapping(language)
          .flat()
          .sort((a, b) => a - b),
      ).toEqual(by(overlaps));
    }),
    { numRuns: 5_000 },
  );
});
