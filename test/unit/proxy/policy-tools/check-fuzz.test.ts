import fc from "fast-check";
import { checkPolicyFile, checkText, isPassed } from "../../../../src/proxy/policy-tools/check-policy-file";
import { starterPolicy } from "../../../../src/proxy/policy-tools/starter-policy";

const now = new Date("2026-11-22T12:00:00Z");
const starter = starterPolicy("adp.yaml", now).replace(/^ {2}#-/gm, "  -");
const lines = starter.split("\n");

/** What people, editors and merges leave behind, and what YAML makes of it. */
const scraps = fc.constantFrom(
  ...[
    "",
    "-",
    "- ",
    ":",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "|",
    ">",
    "#",
    "%",
    "@",
    "`",
    "\t",
    "\u0000",
    "\uFEFF",
    "\r",
    "é",
    "\u{1F600}",
  ],
  ...[
    "&a ",
    "*a",
    "&a [*a]",
    "<<: *a",
    "!!binary ",
    "!x ",
    "? ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "~",
    "null",
    "true",
    "0x1f",
    "1e999",
  ],
  ...[
    "2027-02-30",
    "**",
    "\\*",
    "*",
    "*.",
    ".",
    "..",
    "^(",
    "(?=a)",
    "[^",
    "a{9999}",
    "(a*)*$",
    "\\p{L}",
    "__proto__: 1",
    "constructor",
  ],
  ...[
    "names: []",
    "types: [SOA]",
    "actions: [delete]",
    "values: '^$'",
    "ttlSeconds: {}",
    "merge: 1",
    "<<<<<<< HEAD\n",
    "{ a: 1, a: 2 }",
  ],
);

type Edit = (text: string) => string;
const place = fc.nat({ max: starter.length });
const line = fc.nat({ max: lines.length - 1 });
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, scraps).map(
    ([at, scrap]) =>
      (text: string) =>
        text.slice(0, at) + scrap + text.slice(at),
  ),
  fc.tuple(place, fc.nat({ max: 12 })).map(
    ([at, length]) =>
      (text: string) =>
        text.slice(0, at) + text.slice(at + length),
  ),
  fc.tuple(place, fc.nat({ max: 12 }), scraps).map(
    ([at, length, scrap]) =>
      (text: string) =>
        text.slice(0, at) + scrap + text.slice(at + length),
  ),
  fc.tuple(line, line).map(([from, to]) => (text: string) => {
    const all = text.split("\n");
    all.splice(to, 0, all[from] ?? "");
    return all.join("\n");
  }),
  line.map(
    (at) => (text: string) =>
      text
        .split("\n")
        .filter((_, index) => index !== at)
        .join("\n"),
  ),
  fc.tuple(fc.constantFrom(": ", "[", "names: ", "values: ", "client: ", "zone: ", "types: ", "expires: "), scraps).map(
    ([after, scrap]) =>
      (text: string) =>
        text.replace(after, () => after + scrap),
  ),
);

test("a broken policy file is told about, with places in the file, and breaks nothing", () => {
  fc.assert(
    fc.property(fc.array(edits, { minLength: 1, maxLength: 4 }), (all) => {
      const text = all.reduce((edited, edit) => edit(edited), starter);
      const check = checkPolicyFile("adp.yaml", text, now);
      const last = text.split("\n").length + 1;
      for (const { line: at, column, message } of [...check.mistakes, ...check.lints]) {
        expect(at).toBeGreaterThanOrEqual(1);
        expect(at).toBeLessThanOrEqual(last);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message).not.toMatch(/undefined|\[object|cannot read prop|is not a function|not iterable/i);
      }
      if (check.mistakes.length === 0) expect(checkText(check)).toContain("adp.yaml: ");
      else expect(() => checkText(check)).toThrow(expect.objectContaining({ code: "invalid_config" }) as Error);
      expect(isPassed(check, true) && !isPassed(check, false)).toBe(false);
    }),
    { numRuns: 1_500 },
  );
});
