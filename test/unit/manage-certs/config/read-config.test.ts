import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../../../src/manage-certs/config/read-config";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "manage-certs-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function read(text: string, environment: Readonly<Record<string, string>> = {}) {
  const file = join(folder, "manage-certs.yaml");
  writeFileSync(file, text);
  return readConfig({ file, environment, homeFolder: "/home/me" });
}

const mistake = (text: string, environment?: Readonly<Record<string, string>>) =>
  read(text, environment).then(
    () => "no mistake",
    (error: Error) => error.message.replaceAll(`${folder}/`, ""),
  );

const letsEncrypt = "{ name: le, directoryUrl: https://ca.test/directory, contactEmail: tls@example.test }";

test("nothing is needed: a region of the environment, no zones, no issuers, the folders of the user", async () => {
  const config = await readConfig({ environment: { AWS_REGION: "eu-west-1" }, homeFolder: "/home/me" });
  expect(config).toMatchObject({
    zones: [],
    issuers: [],
    keyAlgorithm: "EC_prime256v1",
    cacheFolder: "/home/me/.cache/unexpired",
  });
  expect(config.limits).toEqual({
    ...{ ordersPerHour: 100, concurrency: 4, graceHours: 24 },
    certificatesPerLoadBalancer: 25,
  });
  expect(config.engine).toMatchObject({
    region: "eu-west-1",
    accountPlace: { kind: "file", folder: "/home/me/.local/share/unexpired/accounts" },
    journalFolder: "/home/me/.local/state/unexpired/journal",
  });
});

test("everything", async () => {
  const config = await read(`
regions: [eu-west-1, us-east-1]
accounts: [{ name: prod, roleArn: "arn:aws:iam::111111111111:role/certs" }]
zones: [{ name: Example.gov. }, { name: example.org, type: route53, id: Z1 }]
issuers:
  - ${letsEncrypt}
  - { name: paid, directoryUrl: https://paid.test/d, externalAccountBinding: { keyId: k, hmacKey: { env: HMAC } } }
issuer: paid
accountStore: { secretsManager: acme }
renewal: { daysBeforeExpiry: 30 }
verify: { waitSeconds: 5 }
`);
  expect(config.zones).toEqual([
    { type: "edge_dns", name: "example.gov" },
    { type: "route53", name: "example.org", id: "Z1" },
  ]);
  expect(config.issuer).toEqual({
    name: "paid",
    directoryUrl: "https://paid.test/d",
    externalAccountBinding: { keyId: "k", macKey: { kind: "environment", variable: "HMAC" } },
  });
  expect(config.engine.accountPlace).toEqual({ kind: "secrets-manager", secretName: "acme" });
  expect(config).toMatchObject({ regions: ["eu-west-1", "us-east-1"], verify: { waitSeconds: 5, connectTo: [] } });
});

test("a variable counts more than the file, key by key", async () => {
  const config = await read("regions: all\nzones: [{ name: example.gov }]", {
    MANAGE_CERTS_REGIONS: "[eu-west-1]",
    MANAGE_CERTS_ISSUERS: `[${letsEncrypt}]`,
    MANAGE_CERTS_EDGE_DNS: "{ section: ci }",
    MANAGE_CERTS_OWNERS: "",
  });
  expect(config).toMatchObject({ regions: ["eu-west-1"], zones: [{ name: "example.gov" }], issuer: { name: "le" } });
  expect(config.engine.edgeDns).toEqual({ section: "ci" });
});

test("the file of MANAGE_CERTS_CONFIG, which must be there", async () => {
  const environment = { MANAGE_CERTS_CONFIG: join(folder, "gone.yaml") };
  await expect(readConfig({ environment, homeFolder: "/" })).rejects.toMatchObject({ code: "missing_file" });
});

test.each([
  ["zone: []", 'manage-certs.yaml:1:1: unknown key "zone"; did you mean "zones"?'],
  ["regions: some", "manage-certs.yaml:1:10: regions:"],
  ["zones: [{ name: a.test, type: route53 }]", "manage-certs.yaml:1:9: zone a.test is in Route 53 and has no id"],
  ["zones: [{ name: a.test, id: Z1 }]", "manage-certs.yaml:1:29: zone a.test is in Edge DNS and has an id"],
  ["zones: [{ name: 'a b.test' }]", "manage-certs.yaml:1:17:"],
  [`issuers: [${letsEncrypt}]\nissuer: el`, 'manage-certs.yaml:2:9: there is no issuer "el"'],
  [`issuers: [${letsEncrypt}, ${letsEncrypt}]\nissuer: le`, 'manage-certs.yaml:1:106: "le" is there twice'],
  [
    `issuers: [${letsEncrypt}, { name: b, directoryUrl: https://b.test/d }]`,
    "manage-certs.yaml:1:10: there are several issuers; say with `issuer: NAME`",
  ],
  ["issuers: [{ name: a, directoryUrl: http://a.test/d }]", "issuers[0].directoryUrl: use an https URL"],
  [
    "accountStore: { env: A, file: b }",
    "manage-certs.yaml:1:15: accountStore needs one of env, file and secretsManager",
  ],
  ["accounts: [{ name: a }, { name: a }]", 'manage-certs.yaml:1:33: "a" is there twice'],
  ["limits: { change: 3 }", 'manage-certs.yaml:1:11: unknown key "change"; did you mean "changes"?'],
])("%s", async (text, message) => {
  expect(await mistake(text)).toContain(message);
});

test.each([
  ["MANAGE_CERTS_ZONE", "[]", "environment variable MANAGE_CERTS_ZONE is no setting of manage-certs"],
  ["MANAGE_CERTS_LIMITS", "{ change: 3 }", 'MANAGE_CERTS_LIMITS:1:3: unknown key "change"; did you mean "changes"?'],
  ["MANAGE_CERTS_ZONES", "[{ name: a.test, id: Z1 }]", "MANAGE_CERTS_ZONES:1:22: zone a.test is in Edge DNS"],
  ["MANAGE_CERTS_REGIONS", "5", "MANAGE_CERTS_REGIONS:1:1: the value:"],
])("%s=%s", async (variable, text, message) => {
  expect(await mistake("", { [variable]: text })).toContain(message);
});
