/** Whatever can be seen without a network is told by `terraform validate`: once, with its code, at its place. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { block } from "../support/hcl";
import { installBuiltProviders, type ProviderMirror } from "../support/provider-world";
import { TerraformProject } from "../support/terraform";

let folder: string;
let mirror: ProviderMirror;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mistakes-"));
  mirror = await installBuiltProviders(join(folder, "mirror"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** [what is wrong, argument, its value, code, part of the message] */
type InvalidArgument = readonly [title: string, argument: string, value: string, code: string, says: RegExp];

const goodCertificate: Readonly<Record<string, string>> = {
  name: '"stack/web"',
  domain_names: '["app.example.gov"]',
  issuer: '{ directory_url = "https://ca.test/directory" }',
  zones: '[{ name = "example.gov" }]',
};

const issuer = (more: string) => `{\n directory_url = "https://ca.test/directory"\n ${more}\n}`;
const longText = (length: number) => `"${"x".repeat(length)}"`;
const tags = (count: number) => `{ ${Array.from({ length: count }, (_, index) => `t${index} = "x"`).join(", ")} }`;
const names = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => `n${index}.example.gov`));

const badCertificates: readonly InvalidArgument[] = [
  ["an empty name", "name", '""', "invalid_argument", /cannot be kept as a tag/],
  ["a name too long for a tag", "name", longText(257), "invalid_argument", /cannot be kept as a tag/],
  ["a name with a character no tag takes", "name", '"web#1"', "invalid_argument", /cannot be kept as a tag/],
  ["no domain name", "domain_names", "[]", "invalid_argument", /at least one name/],
  ["a domain name with a space", "domain_names", '["app example.gov"]', "invalid_domain_name", /app example\.gov/],
  ["a wildcard in the middle", "domain_names", '["app.*.example.gov"]', "invalid_domain_name", /app\.\*\.example\.gov/],
  ["an address as a name", "domain_names", '["192.0.2.1"]', "invalid_domain_name", /192\.0\.2\.1/],
  ["a name twice", "domain_names", '["a.example.gov", "A.example.gov"]', "invalid_argument", /listed twice/],
  ["too many names", "domain_names", names(101), "invalid_argument", /at most 100 names, not 101/],
  ["an unknown key algorithm", "key_algorithm", '"RSA_1024"', "invalid_argument", /not one of the values/],
  ["a region that is none", "region", '"virginia"', "invalid_argument", /not the code of an AWS region/],
  [
    "a directory that is not https",
    "issuer",
    '{ directory_url = "http://ca.test/d" }',
    "invalid_argument",
    /https URL/,
  ],
  ["a directory that is no URL", "issuer", '{ directory_url = "ca" }', "invalid_argument", /https URL/],
  [
    "a contact with mailto",
    "issuer",
    issuer('contact_email = "mailto:"'),
    "invalid_argument",
    /not one e-mail address/,
  ],
  ["two contacts", "issuer", issuer('contact_email = "a@b.test,c@d.test"'), "invalid_argument", /not one e-mail/],
  [
    "a binding without a key",
    "issuer",
    issuer('external_account_binding = { key_id = "k" }'),
    "invalid_argument",
    /exactly one place of the HMAC key/,
  ],
  [
    "a binding with two keys",
    "issuer",
    issuer('external_account_binding = { key_id = "k", hmac_key_env = "E", hmac_key_file = "/f" }'),
    "invalid_argument",
    /exactly one place of the HMAC key/,
  ],
  ["no zone", "zones", "[]", "invalid_argument", /at least one zone/],
  [
    "a zone in Route 53 without its ID",
    "zones",
    '[{ name = "example.gov", type = "route53" }]',
    "invalid_argument",
    /is in Route 53 and has no id/,
  ],
  [
    "a zone in Edge DNS with an ID",
    "zones",
    '[{ name = "example.gov", id = "Z0123456789" }]',
    "invalid_argument",
    /is in Edge DNS and has an id/,
  ],
  [
    "an ID with the prefix of the API",
    "zones",
    '[{ name = "example.gov", type = "route53", id = "/hostedzone/Z0123456789" }]',
    "invalid_argument",
    /not the ID of a hosted zone/,
  ],
  ["a zone that is no name", "zones", '[{ name = "example gov" }]', "invalid_argument", /not a record name/],
  [
    "a zone of a service we do not know",
    "zones",
    '[{ name = "a.test", type = "other" }]',
    "invalid_argument",
    /"other" is not one/,
  ],
  ["a renewal after the end", "renewal", "{ days_before_expiry = 0 }", "invalid_argument", /days_before_expiry is 0/],
  ["half a day", "renewal", "{ days_before_expiry = 1.5 }", "invalid_argument", /days_before_expiry is 1\.5/],
  ["a reserved tag", "tags", '{ "aws:x" = "1" }', "invalid_argument", /"aws:x" is reserved/],
  ["a tag of ours", "tags", '{ "unexpired:name" = "1" }', "invalid_argument", /"unexpired:name" is reserved/],
  ["too many tags", "tags", tags(49), "invalid_argument", /48 tags beside ours, not 49/],
  ["a tag value that AWS refuses", "tags", '{ team = "a#b" }', "invalid_argument", /not one that AWS takes/],
  ["a tag key that AWS refuses", "tags", `{ ${longText(129)} = "1" }`, "invalid_argument", /not one that AWS takes/],
  ["a timeout that is none", "timeouts", '{ create = "soon" }', "invalid_argument", /"soon" is not a duration/],
];

const goodRecord: Readonly<Record<string, string>> = {
  zone: '"example.gov"',
  name: '"www.example.gov"',
  type: '"TXT"',
  values: '["x"]',
};

const badRecords: readonly InvalidArgument[] = [
  ["a zone with an empty label", "zone", '"example..gov"', "invalid_argument", /empty label/],
  ["a name that is none", "name", '"w w.example.gov"', "invalid_argument", /not a record name/],
  ["a name outside the zone", "name", '"www.example.net"', "invalid_argument", /not in the zone/],
  ["a type that is none", "type", '"TEXT"', "invalid_argument", /not a record type/],
  ["no value", "values", "[]", "invalid_argument", /values is empty/],
  ["a negative TTL", "ttl_seconds", "-1", "invalid_argument", /ttl_seconds is -1/],
];

const badProviders: readonly InvalidArgument[] = [
  ["a region that is none", "region", '"virginia"', "invalid_argument", /not the code of an AWS region/],
  ["a role that is none", "assume_role", '{ role_arn = "admin" }', "invalid_argument", /not the ARN of a role/],
  ["an account store that is nowhere", "account_store", "{}", "invalid_config", /exactly one place/],
  [
    "two account stores",
    "account_store",
    '{ file = { directory = "/a" }, environment = { variable = "A" } }',
    "invalid_config",
    /exactly one place/,
  ],
  ["a name server by name", "name_servers", '["ns1.example.gov"]', "invalid_config", /not an address/],
];

interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  readonly range: { readonly start: { readonly line: number } };
  /** The line of configuration that the error points to. */
  readonly snippet: { readonly code: string };
}

const preamble = 'terraform {\n required_providers {\n unexpired = { source = "unexpired/unexpired" }\n }\n}\n';

/** What validate says, by the part of the configuration that it is about. */
async function validate(parts: readonly string[]): Promise<Diagnostic[][]> {
  const project = await TerraformProject.create({ files: { "main.tf": preamble + parts.join("") }, mirror });
  try {
    await project.init();
    const { stdout } = await project.run(["validate", "-json"]);
    const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
    let line = preamble.split("\n").length;
    return parts.map((part) => {
      const [first, next] = [line, (line += part.split("\n").length - 1)];
      return diagnostics.filter(({ range }) => range.start.line >= first && range.start.line < next);
    });
  } finally {
    await project.remove();
  }
}

/** Type, what is right with it, and what is wrong with each block of it. All in one run, since each is told by itself. */
const groups: [string, Readonly<Record<string, string>>, readonly InvalidArgument[]][] = [
  ["unexpired_certificate", goodCertificate, badCertificates],
  ["unexpired_dns_record", goodRecord, badRecords],
  ["provider", {}, badProviders],
];

test.each(groups)(
  "validate tells each mistake of a %s once, with its code, at its place",
  async (kind, good, cases) => {
    const told = await validate(
      cases.map(([, argument, value], index) => part(kind, index, { ...good, [argument]: value })),
    );
    // Core points to the line of a whole argument; what lies deeper the text names.
    const seen = told.map((each) =>
      each.map(({ summary, detail, snippet }) => ({ summary, detail, place: `${snippet.code}\n${detail}` })),
    );
    const wanted = cases.map(([, argument, , code, says]) => [
      {
        summary: expect.stringMatching(says) as string,
        detail: expect.stringContaining(`code: ${code}`) as string,
        place: expect.stringContaining(argument) as string,
      },
    ]);
    const titled = (list: readonly unknown[]) => list.map((each, index) => [cases[index]?.[0], each]);
    expect(titled(seen)).toEqual(titled(wanted));
  },
);

/** A resource, or a provider block with a resource that uses it. */
function part(kind: string, index: number, values: Readonly<Record<string, string>>): string {
  if (kind !== "provider") return block(`resource "${kind}" "case_${index}"`, values);
  const user = block(`resource "unexpired_dns_record" "with_${index}"`, {
    ...goodRecord,
    provider: `unexpired.p${index}`,
  });
  return block('provider "unexpired"', { alias: `"p${index}"`, ...values }) + user;
}
