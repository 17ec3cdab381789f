import { describeProblem, errorOfResponse, parseProblem } from "../../../src/acme/problem";

const now = new Date("2026-11-01T00:00:00Z");
const urn = (type: string) => `urn:ietf:params:acme:error:${type}`;

test.each([
  ["rateLimited", 429, {}, "acme_rate_limited", true],
  ["rateLimited", 400, {}, "acme_rate_limited", true],
  ["serverInternal", 503, { "retry-after": "5" }, "acme_rate_limited", true],
  ["serverInternal", 500, {}, "acme_problem", true],
  ["malformed", 400, {}, "acme_problem", false],
  ["alreadyReplaced", 409, {}, "acme_already_replaced", false],
  ["accountDoesNotExist", 400, {}, "acme_account", false],
  ["externalAccountRequired", 403, {}, "acme_account", false],
  ["userActionRequired", 403, {}, "acme_account", false],
])("%s with status %i is %s", (type, status, headers, code, retryable) => {
  const body = JSON.stringify({ type: urn(type), detail: "why" });
  expect(errorOfResponse("cannot order", { status, headers: headers, body }, now)).toMatchObject({
    code,
    retryable,
    message: `cannot order: why (${type})`,
    facts: { type, status, detail: "why" },
  });
});

test.each(["<html>bad gateway</html>", "", "[]", "null", "{}"])("a body of %j gives the status alone", (body) => {
  expect(errorOfResponse("cannot order", { status: 502, headers: {}, body }, now)).toMatchObject({
    code: "acme_problem",
    retryable: true,
    message: "cannot order: HTTP status 502",
  });
});

test("terms to agree to are pointed at", () => {
  const body = JSON.stringify({ type: urn("userActionRequired"), detail: "new terms", instance: "https://ca.test/t" });
  expect(errorOfResponse("cannot order", { status: 403, headers: {}, body }, now).hint).toContain("https://ca.test/t");
});

test("a CA's text cannot write to the terminal or fill it", () => {
  const problem = parseProblem({ detail: `red \u001b[31m\nline\u202e${"x".repeat(2000)}` });
  const text = problem === undefined ? "" : describeProblem(problem);
  expect(text).toMatch(/^red \[31m line x+ …$/);
  expect(text.length).toBeLessThan(1010);
});

test("a type of another namespace is kept whole, about:blank is none", () => {
  expect(parseProblem({ type: "https://ca.test/errors/odd", detail: "odd" })?.type).toBe("https://ca.test/errors/odd");
  expect(parseProblem({ type: "about:blank", detail: "odd" })?.type).toBe("");
});

test("what is no problem document is none", () => {
  for (const value of [undefined, null, "text", 7, [], {}]) expect(parseProblem(value)).toBeUndefined();
});
