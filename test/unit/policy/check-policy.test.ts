import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { checkPolicy, checkText, isPassed } from "../../../src/policy/check-policy";

const now = new Date("2026-11-22T12:00:00Z");
const policy = readFileSync(join(__dirname, "../../vectors/policy/agency.yaml"), "utf8");

const scraps = fc.constantFrom(
  ...[
    "",
    "-",
    ":",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    "&a ",
    "*a",
    "~",
    "null",
    "1e999",
    "\t",
    "\u0000",
    "é",
    "**",
    "\\*",
  ],
  ...[
    "2027-02-30",
    "25:00",
    "names: []",
    "tiers: [x]",
    "__proto__: 1",
    "https://[",
    "Mars/Olympus",
    "acm",
    "{ a: 1, a: 2 }",
  ],
);
const place = fc.nat({ max: policy.length });

test("a broken policy is told about, with places in the file, and breaks nothing", () => {
  const edit = fc.tuple(place, fc.nat({ max: 12 }), scraps);
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const text = edits.reduce(
        (all, [at, length, scrap]) => all.slice(0, at) + scrap + all.slice(at + length),
        policy,
      );
      const check = checkPolicy("policy.yaml", text, now);
      for (const { line, column, message } of [...check.mistakes, ...check.lints]) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(text.split("\n").length + 1);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message).not.toMatch(/undefined|\[object|cannot read prop|is not a function|not iterable/i);
      }
      if (check.mistakes.length === 0) expect(checkText(check)).toContain("policy.yaml: ");
      else expect(() => checkText(check)).toThrow(expect.objectContaining({ code: "invalid_config" }) as Error);
      expect(isPassed(check, true) && !isPassed(check, false)).toBe(false);
    }),
    { numRuns: 200 },
  );
}, 120_000);
