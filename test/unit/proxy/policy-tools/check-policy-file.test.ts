import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPolicyFile, checkText, isPassed } from "../../../../src/proxy/policy-tools/check-policy-file";

const now = new Date("2026-11-22T12:00:00Z");

test("the policy of the documentation has notes only", () => {
  const page = readFileSync(join(__dirname, "../../../../docs/reference/akamai-dns-proxy.md"), "utf8");
  const check = checkPolicyFile("adp.yaml", /```yaml\n(.*?)```/s.exec(page)?.[1] ?? "", now);
  expect(isPassed(check, true)).toBe(true);
  expect(check.lints.map(({ rule }) => rule)).toEqual([
    "client-without-token",
    "challenge-in-reach",
    "impossible-values",
    "values-not-anchored",
  ]);
});

const grantsOf = (count: number, grant: (place: number) => string) =>
  `listen: { port: 1, insecurePlainHttp: true, names: [a.example] }
masterKey: { env: KEY }
audit: { file: audit.jsonl }
clients: [{ name: c, tokens: [akab-0123456789abcdef], expires: 2027-01-01 }]
grants:
${Array.from({ length: count }, (_, place) => `  - { client: c, zone: e.gov, ${grant(place)} }\n`).join("")}`;

test("what to compare it with has its line, and what to do stands below", () => {
  const check = checkPolicyFile(
    "adp.yaml",
    grantsOf(2, () => "allow: acme-challenge, names: [e.gov]"),
    now,
  );
  expect([isPassed(check, false), isPassed(check, true)]).toEqual([true, false]);
  expect(checkText(check)).toBe(
    [
      "adp.yaml:7:5  warning  shadowed-grant  grants[0] allows all that this grant allows (line 6)",
      "                                       fix: remove this grant, or narrow the other",
      "adp.yaml: 1 warning (clients: 1, grants: 2)",
      "",
    ].join("\n"),
  );
});

/** Comparing each grant with each other one would take minutes here, and run into the test's time limit. */
test("ten thousand grants of one client, a hundred of them shadowed", () => {
  const text = grantsOf(10_000, (place) => {
    const name = `h${place < 100 ? place + 100 : place}.e.gov`;
    return `names: [${name}, "*.${name}"], types: [A, TXT], actions: [read, update], values: '^10\\.${place % 100}\\.0\\.1$', ttlSeconds: { min: 60 }`;
  });
  const { lints } = checkPolicyFile("adp.yaml", text, now);
  expect(lints.map(({ rule, otherLine }) => `${rule} ${otherLine}`)).toEqual(
    Array.from({ length: 100 }, (_, place) => `shadowed-grant ${place + 6}`),
  );
});
