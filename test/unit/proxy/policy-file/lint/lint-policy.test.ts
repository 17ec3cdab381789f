import { LocatedYaml } from "../../../../../src/platform/yaml-file/located-yaml";
import type { Lint } from "../../../../../src/platform/yaml-file/lint";
import { lintPolicy, lintRules } from "../../../../../src/proxy/policy-file/lint/lint-policy";
import { parsePolicyFile } from "../../../../../src/proxy/policy-file/parse-policy-file";

const now = new Date("2026-11-22T00:00:00Z");
const head = `listen: { port: 8443, tls: { certificateFile: a.pem, privateKeyFile: a.key }, names: [adp.example.gov] }
masterKey: { env: ADP_MASTER_KEY }
audit: { file: audit.jsonl }
clients:
`;
const client = "  - { name: c, tokens: [akab-0123456789abcdef], expires: 2027-01-01 }\n";

function lint(text: string): Lint[] {
  const yaml = new LocatedYaml(text);
  return lintPolicy(parsePolicyFile(text, "adp.yaml").policy, yaml, now);
}

/** Grants stand on line 7 and below. */
function lintGrants(...grants: string[]): Lint[] {
  return lint(
    `${head}${client}grants:\n${grants.map((grant) => `  - { client: c, zone: e.gov, ${grant} }\n`).join("")}`,
  );
}

const told = ({ rule, level, line }: Lint) => `${line} ${level} ${rule}`;
const records = (names: string, types: string, actions: string, more = "") =>
  `names: [${names}], types: [${types}], actions: [${actions}]${more}`;

/** Rule → what makes it speak, and what nearly does. */
const cases: readonly [rule: string, fires: string[], expected: string, nearMiss: string[]][] = [
  [
    "shadowed-grant",
    [records('"*.a.e.gov"', "A, MX", "read, create"), records("x.a.e.gov, y.a.e.gov", "A", "read")],
    "8 warning shadowed-grant",
    [records('"*.a.e.gov"', "A, MX", "read, create"), records("x.a.e.gov, y.x.a.e.gov", "A", "read")],
  ],
  [
    "shadowed-grant",
    [records("a.e.gov", "A", "create"), records("a.e.gov", "A", "create", ", ttlSeconds: { min: 3 }")],
    "8 warning shadowed-grant",
    [
      records("a.e.gov", "A", "create", ", ttlSeconds: { min: 3 }"),
      records("a.e.gov", "A", "create", ", ttlSeconds: { max: 9 }"),
    ],
  ],
  [
    "shadowed-grant",
    ["allow: acme-challenge, names: [a.e.gov]", 'allow: acme-challenge, names: ["*.a.e.gov"]'],
    "8 warning shadowed-grant",
    ["allow: acme-challenge, names: [a.e.gov]", "allow: acme-challenge, names: [b.a.e.gov]"],
  ],
  [
    "shadowed-grant",
    [
      records("a.e.gov", "A", "create, read", ", values: '^1.*$', ttlSeconds: { min: 60, max: 90 }"),
      records("a.e.gov", "A", "create, read", ", ttlSeconds: { min: 60, max: 100 }"),
    ],
    "7 warning shadowed-grant",
    [
      records("a.e.gov", "A", "create, read", ", ttlSeconds: { min: 60, max: 100 }"),
      records("a.e.gov", "A", "create, read", ", ttlSeconds: { min: 60, max: 101 }, merge: true"),
    ],
  ],
  [
    "impossible-values",
    [records("a.e.gov", "A, AAAA", "create", ", values: '^host$'")],
    "7 error impossible-values",
    [records("a.e.gov", "A", "create", ", values: '^10\\.1\\.1\\.1$'")],
  ],
  [
    "impossible-values",
    [records("a.e.gov", "A, AAAA", "create", ", values: '^10\\.1\\.1\\.1$'")],
    "7 note impossible-values",
    [records("a.e.gov", "A, AAAA", "create", ", values: '^(10\\.1\\.1\\.1|fd00::1)$'")],
  ],
  [
    "impossible-type",
    [records("a.e.gov", "SOA", "update, read")],
    "7 error impossible-type\n7 warning delegation-type",
    [records("e.gov", "SOA", "read")],
  ],
  [
    "impossible-type",
    [records("e.gov", "A, CNAME", "create")],
    "7 warning impossible-type",
    [records('e.gov, "*.e.gov"', "A, CNAME", "read")],
  ],
  [
    "impossible-type",
    [`allow: acm-validation, names: [${[63, 63, 63, 40].map((length) => "x".repeat(length)).join(".")}.e.gov]`],
    "7 error impossible-type",
    [`allow: acm-validation, names: [${[63, 63, 63].map((length) => "x".repeat(length)).join(".")}.e.gov]`],
  ],
  [
    "impossible-action",
    [records("e.gov", "SOA", "read, delete")],
    "7 warning delegation-type\n7 warning impossible-action",
    [records("e.gov", "SOA", "read")],
  ],
  [
    "limit-without-effect",
    [records("a.e.gov", "A", "read", ", values: '^1$'")],
    "7 note limit-without-effect",
    [records("a.e.gov", "A", "read, delete", ", values: '^10.*$'")],
  ],
  [
    "limit-without-effect",
    [records("a.e.gov", "A", "read, delete", ", ttlSeconds: { min: 1 }")],
    "7 note limit-without-effect",
    [records("a.e.gov", "A", "create", ", ttlSeconds: { min: 1 }")],
  ],
  [
    "challenge-in-reach",
    [records('x.e.gov, "*.a.e.gov"', "TXT", "create")],
    "7 warning challenge-in-reach",
    [records('"*.a.e.gov"', "TXT", "create", ", values: '^v=spf1 .*$'")],
  ],
  [
    "challenge-in-reach",
    [records('"**.a.e.gov"', "CNAME", "create", ", values: '^x$'")],
    "7 note challenge-in-reach",
    [records('"x.*.e.gov"', "TXT, CNAME", "create")],
  ],
  [
    "apex-in-reach",
    [records('"**.e.gov"', "TXT, A", "update, read")],
    "7 warning apex-in-reach",
    [records('"**.e.gov"', "TXT", "read")],
  ],
  [
    "delegation-type",
    [records("a.e.gov", "A, NS", "create")],
    "7 warning delegation-type",
    [records("a.e.gov", "NS", "read")],
  ],
  [
    "values-not-anchored",
    [records("a.e.gov", "A", "create", ", values: '10'")],
    "7 warning values-not-anchored",
    [records("a.e.gov", "A", "create", ", values: '^10.*$'")],
  ],
  [
    "values-not-anchored",
    [records("a.e.gov", "A", "create", ", values: '^10|^11.*$'")],
    "7 note values-not-anchored",
    [records("a.e.gov", "A", "create", ", values: '^(10.*|11.*)$'")],
  ],
  [
    "validation-removable",
    ["allow: acm-validation, names: [a.e.gov], actions: [read, create, delete]"],
    "7 warning validation-removable",
    ["allow: acm-validation, names: [a.e.gov]"],
  ],
  [
    "wildcard-record",
    [records('a.e.gov, "\\\\*.a.e.gov"', "A", "create")],
    "7 warning wildcard-record",
    [records('"\\\\*.a.e.gov"', "A", "read")],
  ],
  [
    "merge-disagrees",
    [records("a.e.gov, b.e.gov", "A", "create"), records('"*.e.gov"', "A", "delete, read", ", merge: true")],
    "7 warning merge-disagrees",
    [records("a.e.gov", "CNAME", "create"), records('"*.e.gov"', "A, CNAME", "delete, read", ", merge: true")],
  ],
  [
    "ttl-ranges-apart",
    [
      records("a.e.gov", "A", "create", ", ttlSeconds: { max: 59 }"),
      records('"*.e.gov"', "A, MX", "create", ", ttlSeconds: { min: 60 }"),
    ],
    "8 warning ttl-ranges-apart",
    [
      records("a.e.gov", "A", "create", ", values: '^1.*$', ttlSeconds: { max: 59 }"),
      records('"*.e.gov"', "A, MX", "create", ", values: '^2.*$', ttlSeconds: { min: 60 }"),
    ],
  ],
  [
    "delete-without-read",
    [records("a.e.gov, b.e.gov", "A", "delete", ", merge: true"), records("a.e.gov", "A", "read")],
    "7 warning delete-without-read",
    [records("a.e.gov", "A", "delete", ", merge: true"), records('"*.e.gov"', "A", "read")],
  ],
  [
    "update-without-read",
    [records("a.e.gov", "A, MX", "update"), records("a.e.gov", "A", "read")],
    "7 warning update-without-read",
    [records("a.e.gov", "A, MX", "update"), records("a.e.gov", "A", "read"), records("a.e.gov", "MX", "read")],
  ],
];

test.each(cases)("%s fires for %j: %s", (rule, fires, expected, nearMiss) => {
  expect(
    lintGrants(...fires)
      .map(told)
      .join("\n"),
  ).toBe(expected);
  expect(lintGrants(...nearMiss).filter((each) => each.rule === rule)).toEqual([]);
});

test.each([
  ["client-without-token", "{ name: c, expires: 2027-01-01 }", "note"],
  ["client-expired", "{ name: c, tokens: [akab-0123456789abcdef], expires: 2026-11-22 }", "warning"],
  ["client-from-anywhere", "{ name: c, tokens: [akab-0123456789abcdef] }", "note"],
])("%s", (rule, entry, level) => {
  const grants = `grants: [{ client: c, zone: e.gov, ${records("a.e.gov", "A", "read")} }]\n`;
  expect(lint(`${head}  - ${entry}\n${grants}`).map(told)).toEqual([`5 ${level} ${rule}`]);
  expect(lint(`${head}${client}${grants}`)).toEqual([]);
  const networked = "  - { name: c, tokens: [akab-0123456789abcdef], cidrs: [10.0.0.0/8] }\n";
  expect(lint(`${head}${networked}${grants}`)).toEqual([]);
});

test("client-without-grant", () => {
  expect(lint(head + client).map(told)).toEqual(["5 note client-without-grant"]);
});

test("another client's grants are nobody else's", () => {
  const text = `${head}${client}  - { name: d, tokens: [akab-0123456789abcdeg], cidrs: [10.0.0.0/8] }\ngrants:\n${[
    "c",
    "d",
  ]
    .map((name) => `  - { client: ${name}, zone: e.gov, allow: acme-challenge, names: [a.e.gov] }\n`)
    .join("")}`;
  expect(lint(text)).toEqual([]);
});

test("every rule has a name of its own and a case here", () => {
  const ids = lintRules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const tried = [
    ...cases.map(([rule]) => rule),
    "client-without-token",
    "client-expired",
    "client-from-anywhere",
    "client-without-grant",
  ];
  expect(ids.filter((id) => !tried.includes(id))).toEqual([]);
});

test("what is to be compared has its line, and a lint its column", () => {
  const [found] = lintGrants(records("a.e.gov", "A", "read"), records("a.e.gov", "A", "read"));
  expect(found).toEqual({
    rule: "shadowed-grant",
    level: "warning",
    line: 8,
    column: 5,
    otherLine: 7,
    message: "grants[0] allows all that this grant allows",
    fix: "remove this grant, or narrow the other",
  });
});
