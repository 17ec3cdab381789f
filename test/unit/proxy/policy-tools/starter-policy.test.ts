import { checkPolicyFile, isPassed } from "../../../../src/proxy/policy-tools/check-policy-file";
import { starterPolicy } from "../../../../src/proxy/policy-tools/starter-policy";

const now = new Date("2026-11-22T12:00:00Z");
const text = starterPolicy("adp.yaml", now);
const rulesOf = (policy: string) => checkPolicyFile("adp.yaml", policy, now).lints.map(({ rule }) => rule);

test("passes the check, and lacks nothing but a token", () => {
  const check = checkPolicyFile("adp.yaml", text, now);
  expect(check.mistakes).toEqual([]);
  expect(isPassed(check, true)).toBe(true);
  expect(rulesOf(text)).toEqual(["client-without-token"]);
  expect(text).toContain("expires: 2027-11-22\n");
});

const examples = text.split("\n").filter((line) => line.startsWith("  #-"));

test("there are examples", () => {
  expect(examples).toHaveLength(3);
});

test.each(examples)("counts once its # is away: %s", (line) => {
  const check = checkPolicyFile(
    "adp.yaml",
    text.replace(line, () => line.replace("#", "")),
    now,
  );
  expect([check.mistakes, check.grants]).toEqual([[], 3]);
  expect(isPassed(check, true)).toBe(true);
});

test("all examples together", () => {
  const check = checkPolicyFile("adp.yaml", text.replace(/^ {2}#-/gm, "  -"), now);
  expect([check.mistakes, check.grants]).toEqual([[], 5]);
  expect(isPassed(check, true)).toBe(true);
});
