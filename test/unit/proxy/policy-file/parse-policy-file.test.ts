import { parsePolicyFile } from "../../../../src/proxy/policy-file/parse-policy-file";

const head = `listen: { port: 8443, tls: { certificateFile: a.pem, privateKeyFile: a.key }, names: [adp.example.gov] }
masterKey: { env: ADP_MASTER_KEY }
audit: { file: audit.jsonl }
`;
const client = `clients:
  - { name: team-web, tokens: [akab-0123456789abcdef], cidrs: [10.1.0.0/16], expires: 2027-01-01 }
`;
const grant = (fields: string) => `grants:\n  - { client: team-web, zone: example.gov, ${fields} }\n`;

test("a whole file", () => {
  const config = parsePolicyFile(
    head +
      client +
      `grants:
  - { client: team-web, zone: Example.GOV., allow: acme-challenge, names: [app.example.gov, "*.app.example.gov"] }
  - { client: team-web, zone: example.gov, names: ["**.lab.example.gov"], types: [a, TXT], actions: [read], values: '^10\\.' }
`,
    "adp.yaml",
  );
  expect(config.listen).toMatchObject({ host: "127.0.0.1", port: 8443, names: ["adp.example.gov"] });
  expect(config.upstream).toEqual({});
  expect(config.policy.clients).toEqual([
    {
      name: "team-web",
      tokens: ["akab-0123456789abcdef"],
      cidrs: ["10.1.0.0/16"],
      expires: new Date("2027-01-01T00:00:00Z"),
      requestsPerMinute: 600,
      oidc: [],
    },
  ]);
  const [challenge, records] = config.policy.grants;
  expect(challenge).toMatchObject({ id: "grants[0]", zone: "example.gov", kind: "acme-challenge", merge: true });
  expect(challenge?.recordNames.map((pattern) => pattern.source)).toEqual(["_acme-challenge.app.example.gov"]);
  expect(records).toMatchObject({ types: ["A", "TXT"], values: /^10\./u, merge: false });
});

const issuer = '{ issuer: "https://a.example", audience: adp.example.gov }';
const issuers = `oidcIssuers: [${issuer}]\n`;

test.each([
  ["nothing at all", "", "1:1: listen is missing"],
  ["broken YAML", "listen: [", "1:10: "],
  ["a key twice", `${head}audit: { file: b }\n`, "4:1: map keys must be unique"],
  ["a misspelt key", head.replace("audit:", "auditt:"), '3:1: unknown key "auditt"; did you mean "audit"?'],
  ["a misspelt inner key", head + client.replace("cidrs", "cidr"), '5:56: unknown key "cidr"; did you mean "cidrs"?'],
  ["no TLS", head.replace(/tls: {.*?}, /, ""), "1:9: listen has no tls; name certificateFile"],
  ["TLS and none", head.replace("{ port", "{ insecurePlainHttp: true, port"), "1:30: listen has both tls"],
  ["two master keys", head.replace("{ env", "{ file: key, env"), "2:12: masterKey needs one of env, file and"],
  [
    "no previous master key",
    head.replace("_KEY }", "_KEY, previous: {} }"),
    "2:45: masterKey.previous needs one of env, file and",
  ],
  [
    "an issuer without TLS",
    `${head}oidcIssuers: [{ issuer: "http://a.example", audience: adp }]\n`,
    '4:25: "http://a.example" is not an https URL; write it as tokens have it',
  ],
  [
    "an issuer without audience",
    `${head}oidcIssuers: [{ issuer: "https://a.example" }]\n`,
    "oidcIssuers[0].audience is missing",
  ],
  ["an issuer twice", head + issuers.replace("]", `, ${issuer}]`), "the issuer https://a.example is there already"],
  [
    "a rule of an unknown issuer",
    head + issuers + client.replace("name:", "oidc: [{ issuer: https://b.example, claims: { sub: x } }], name:"),
    'unknown issuer https://b.example; did you mean "https://a.example"?',
  ],
  [
    "a rule that everybody fulfils",
    head + issuers + client.replace("name:", "oidc: [{ issuer: https://a.example, claims: {} }], name:"),
    "claims is empty: every bearer of that issuer would be this client",
  ],
  [
    "a short-lived token",
    head + client.replace("akab-0123456789abcdef", `akab-oidc-1893456000-${"0".repeat(20)}-team-web`),
    "this token is a short-lived one",
  ],
  ["a URL as name", head.replace("[adp.example.gov]", '["https://adp"]'), '"https://adp" is not a host name'],
  ["a port out of range", head.replace("8443", "99999"), "1:17: listen.port: "],
  ["a bad network", head + client.replace("/16", "/33"), '5:64: "10.1.0.0/33" is not a network'],
  ["a bad date", head + client.replace("01-01", "02-30"), '"2027-02-30" is not a date; write 2027-01-31'],
  ["a token that is none", head + client.replace("akab-0123456789abcdef", '"a;b"'), "5:32: this is not a client token"],
  [
    "a token twice",
    head + client + "  - { name: b, tokens: [akab-0123456789abcdef] }\n",
    '6:25: this token belongs to "team-web" already',
  ],
  ["a client twice", head + client + "  - { name: team-web }\n", '6:13: a client named "team-web" is there already'],
  [
    "an unknown client",
    head + client + grant("allow: acme-challenge, names: [example.gov]").replace("team-web", "team-wbe"),
    '7:15: unknown client "team-wbe"; did you mean "team-web"?',
  ],
  [
    "an unknown preset",
    head + client + grant("allow: acme-chalenge, names: [example.gov]"),
    'did you mean "acme-challenge"?',
  ],
  ["a name elsewhere", head + client + grant("allow: acme-challenge, names: [example.com]"), "not within the zone"],
  [
    "a pattern beside allow",
    head + client + grant('allow: acme-challenge, names: ["**.example.gov"]'),
    "beside allow, names are exact",
  ],
  [
    "the challenge name itself",
    head + client + grant("allow: acme-challenge, names: [_acme-challenge.example.gov]"),
    "give the host's name",
  ],
  [
    "types beside allow",
    head + client + grant("allow: acm-validation, names: [example.gov], types: [A]"),
    "leave types",
  ],
  [
    "no types",
    head + client + grant("names: [a.example.gov], actions: [read]"),
    "7:5: a grant without allow needs types",
  ],
  ["no actions", head + client + grant("names: [a.example.gov], types: [A]"), "a grant without allow needs actions"],
  [
    "an unknown type",
    head + client + grant("names: [a.example.gov], types: [TXTT], actions: [read]"),
    '"TXTT" is not a record type',
  ],
  [
    "an unknown action",
    head + client + grant("names: [a.example.gov], types: [A], actions: [reed]"),
    'did you mean "read"?',
  ],
  [
    "a bad expression",
    head + client + grant("names: [a.example.gov], types: [A], actions: [read], values: '('"),
    "is not a regular expression",
  ],
  [
    "an upside-down range",
    head + client + grant("allow: acme-challenge, names: [example.gov], ttlSeconds: { min: 9, max: 8 }"),
    "ttlSeconds.min 9 is above max 8",
  ],
  [
    "an asterisk zone",
    head + client + grant("allow: acme-challenge, names: [a.b]").replace("example.gov", `"*.gov"`),
    "it has an asterisk",
  ],
])("%s is refused at its place", (_, text, expected) => {
  expect(() => parsePolicyFile(text, "adp.yaml")).toThrow(expected.startsWith("1:10: ") ? "adp.yaml:1:" : expected);
});

test("all mistakes are told at once, in the order of the file", () => {
  const text = head.replace("audit:", "auditt:").replace("port", "prot");
  expect(() => parsePolicyFile(text, "adp.yaml")).toThrow(
    /^adp\.yaml:1:.*\n(.*\n)*adp\.yaml:3:1: unknown key "auditt"/,
  );
});
