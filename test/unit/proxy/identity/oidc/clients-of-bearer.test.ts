import fc from "fast-check";
import { clientsOfBearer } from "../../../../../src/proxy/identity/oidc/clients-of-bearer";
import type { Client } from "../../../../../src/proxy/policy/policy";

const issuer = "https://issuer.example";

function fits(accepted: Readonly<Record<string, string[]>>, claims: Readonly<Record<string, unknown>>): boolean {
  const client: Client = { name: "web", tokens: [], requestsPerMinute: 1, oidc: [{ issuer, claims: accepted }] };
  return clientsOfBearer([client], { iss: issuer, sub: "somebody", ...claims }).length === 1;
}

test.each([
  ["repo:a/b", "repo:a/b", true],
  ["repo:a/b", "repo:a/bc", false],
  ["repo:a/*", "repo:a/", true],
  ["repo:a/*", "repo:a/b:ref:refs/heads/main", true],
  ["*:main", "x:main", true],
  ["*:main", ":mai", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "acb", false],
  ["ab*ba", "aba", false],
  ["v*", "xv1", false],
  ["refs.heads", "refsxheads", false],
])("%s and %s: %s", (pattern, value, expected) => {
  expect(fits({ ref: [pattern] }, { ref: value })).toBe(expected);
});

test("every claim of a rule must fit, by one of its texts; of a claim with several values one", () => {
  const rule = { ref: ["main", "next"], groups: ["dns"] };
  expect(fits(rule, { ref: "next", groups: ["web", "dns"] })).toBe(true);
  expect(fits(rule, { ref: "next", groups: ["web"] })).toBe(false);
  expect(fits(rule, { ref: "next" })).toBe(false);
  expect(fits({ run: ["7"], ok: ["true"] }, { run: 7, ok: true })).toBe(true);
  expect(fits({ actor: ["*"] }, { actor: { login: "x" } })).toBe(false);
  expect(fits({ toString: ["*"] }, {})).toBe(false);
});

test("another issuer's claims fit no rule", () => {
  expect(fits({ ref: ["main"] }, { iss: "https://other.example", ref: "main" })).toBe(false);
});

test("a pattern means what the regular expression of the same words means", () => {
  const word = fc.stringMatching(/^[ab*]{0,6}$/);
  fc.assert(
    fc.property(word, fc.stringMatching(/^[ab]{0,8}$/), (pattern, value) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "s").test(value);
      return fits({ ref: [pattern] }, { ref: value }) === expected;
    }),
    { numRuns: 2_000 },
  );
});
