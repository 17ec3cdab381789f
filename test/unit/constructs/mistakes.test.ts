/** Every mistake a declaration can hold: it names the construct, the rule's source and the way out, at construction. */
import type { TerraformStack } from "cdktf";
import {
  type AcmeOptions,
  CertificateIssuer,
  DnsZone,
  ManagedCertificate,
  type ManagedCertificateProps,
  Secret,
  UnexpiredProvider,
  type UnexpiredProviderProps,
} from "../../../constructs";
import { AppError } from "../../../src/platform/errors";
import { makeStack } from "../../support/synthesize-stack";

function errorOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const directoryUrl = "https://ca.example.gov/directory";
const acme = (options: Partial<AcmeOptions>) => ({ issuer: CertificateIssuer.acme({ directoryUrl, ...options }) });
const letsEncrypt = (profile?: string) => ({ issuer: CertificateIssuer.letsEncrypt({ profile }) });
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}.example.gov`);
const binding = (hmacKey: unknown) => acme({ externalAccountBinding: { keyId: "k", hmacKey: hmacKey as Secret } });
const zoneOf = (stack: TerraformStack, zoneName = "example.gov") =>
  DnsZone.edgeDns(stack, `zone-${zoneName}`, { zoneName });

const secretText = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

type Props = Partial<ManagedCertificateProps>;

test.each<[string, Props, RegExp, RegExp]>([
  ["no name", { domainNames: [] }, /domainNames is empty/, /at least one/],
  ["a scheme", { domainNames: ["https://app.example.gov"] }, /not a bare host name/, /leave out scheme/],
  ["a wildcard inside", { domainNames: ["a.*.example.gov"] }, /whole first label/, /\*\.example\.gov/],
  ["a wildcard of a top-level domain", { domainNames: ["*.gov"] }, /single label/, /fully qualified/],
  [
    "a name twice",
    { domainNames: ["app.example.gov", "APP.example.gov."] },
    /"app.example.gov" is listed twice/,
    /leave out one/,
  ],
  [
    "a name outside",
    { domainNames: ["app.example.org"] },
    /lies outside example\.gov/,
    /zones, or leave out "app\.example\.org"/,
  ],
  ["a name that only ends alike", { domainNames: ["notexample.gov"] }, /lies outside example\.gov/, /zones/],
  [
    "a covered name at Let's Encrypt",
    { domainNames: ["a.example.gov", "*.example.gov"], ...letsEncrypt() },
    /"a\.example\.gov" is covered by "\*\.example\.gov"/,
    /leave out "a\.example\.gov"/,
  ],
  ["101 names", { domainNames: names(101) }, /101 names, .* at most 100/, /several certificates/],
  [
    "26 names in tlsserver",
    { domainNames: names(26), ...letsEncrypt("tlsserver") },
    /26 names, .* at most 25 in profile tlsserver/,
    /profile classic/,
  ],
  ["26 names in shortlived", { domainNames: names(26), ...letsEncrypt("shortlived") }, /at most 25/, /profile classic/],
  [
    "a name too long to be validated",
    { domainNames: [`${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(50)}.example.gov`] },
    /too long to be validated/,
    /shorter/,
  ],
  ["a key algorithm", { keyAlgorithm: "EC_secp521r1" as "EC_secp384r1" }, /"EC_secp521r1"/, /EC_prime256v1/],
  ["a region", { region: "US East" }, /region "US East"/, /us-east-1/],
  ["a certificate name", { name: "web#1" }, /"web#1" cannot be kept as a tag/, /letters/],
  ["an empty certificate name", { name: "" }, /"" cannot be kept as a tag/, /letters/],
  [
    "days at the lifetime",
    { renewal: { daysBeforeExpiry: 45 }, ...letsEncrypt("tlsserver") },
    /renew at every run: the certificate lives 45 days/,
    /fewer days/,
  ],
  [
    "days beyond a short lifetime",
    { renewal: { daysBeforeExpiry: 7 }, ...letsEncrypt("shortlived") },
    /lives 6\.7 days/,
    /fewer days/,
  ],
  ["no days", { renewal: { daysBeforeExpiry: 0 } }, /daysBeforeExpiry is 0/, /leave it out/],
  ["half days", { renewal: { daysBeforeExpiry: 1.5 } }, /daysBeforeExpiry is 1\.5/, /leave it out/],
  ["days that are no number", { renewal: { daysBeforeExpiry: NaN } }, /daysBeforeExpiry is NaN/, /leave it out/],
  ["a timeout", { timeouts: { update: "30 min" } }, /update "30 min" is not a duration/, /1h30m/],
  ["a timeout of nothing", { timeouts: { delete: "0s" } }, /delete "0s"/, /30m/],
  ["a reserved tag", { tags: { "aws:x": "y" } }, /"aws:x" has a reserved prefix/, /another prefix/],
  ["our own tag prefix", { tags: { "unexpired:name": "y" } }, /reserved prefix/, /another prefix/],
  ["a tag key", { tags: { "a#b": "y" } }, /"a#b" is not a tag key/, /128/],
  ["a tag value", { tags: { a: "x".repeat(257) } }, /tag "a" has a value/, /256/],
  ["49 tags", { tags: Object.fromEntries(names(49).map((name) => [name, "x"])) }, /49 tags, 48/, /fewer/],
  ["a plain-text directory", acme({ directoryUrl: "http://ca.example.gov/directory" }), /not an https URL/, /https/],
  ["no directory URL at all", acme({ directoryUrl: "ca.example.gov" }), /not an https URL/, /https/],
  ["a mailto contact", acme({ contactEmail: "mailto:tls@example.gov" }), /contactEmail "mailto:/, /without mailto/],
  ["two contacts", acme({ contactEmail: "a@example.gov,b@example.gov" }), /not one bare e-mail/, /tls@/],
  [
    "a relative CA file",
    acme({ caFile: "certs/ca.pem" }),
    /caFile "certs\/ca\.pem" is not an absolute path/,
    /absolute/,
  ],
  ["an empty profile", acme({ profile: "" }), /profile is empty/, /leave it out/],
  ["an empty chain", acme({ preferredChain: " " }), /preferredChain is empty/, /leave it out/],
  [
    "an empty key id",
    acme({ externalAccountBinding: { keyId: "", hmacKey: Secret.environment("K") } }),
    /keyId is empty/,
    /leave it out/,
  ],
  ["a literal secret", binding(secretText), /hmacKey is a literal/, /Secret\.environment/],
  [
    "a secret as the name of a variable",
    binding(Secret.environment(secretText)),
    /not the name of an environment variable/,
    /not the secret/,
  ],
  [
    "a secret as an ARN",
    binding(Secret.secretsManager(secretText)),
    /not the ARN of a Secrets Manager secret/,
    /not the secret/,
  ],
  ["a secret as a file", binding(Secret.file(secretText)), /not an absolute path/, /not the secret/],
  ["no zone", { zone: undefined }, /neither zone nor zones/, /DnsZone/],
])("%s", (_, props, what, fix) => {
  const stack = makeStack();
  const build = () =>
    new ManagedCertificate(stack, "web", {
      domainNames: ["app.example.gov"],
      zone: zoneOf(stack),
      ...acme({}),
      ...props,
    });
  const error = errorOf(build);
  expect(error.message).toMatch(/^infra\/web: /);
  expect(error.message).toMatch(what);
  expect(error.message).toMatch(fix);
  expect(error.message).toContain(`(${String(error.facts.source)})`);
  expect(error.hint).toMatch(fix);
  expect(JSON.stringify([error.message, error.hint, error.facts])).not.toContain(secretText);
});

test("what only looks like a mistake is none", () => {
  const stack = makeStack();
  const zone = zoneOf(stack);
  const declare = (id: string, props: Props) => () =>
    new ManagedCertificate(stack, id, { domainNames: ["app.example.gov"], zone, ...acme({}), ...props });
  expect(declare("1", { domainNames: names(100) })).not.toThrow();
  expect(declare("2", { domainNames: names(25), ...letsEncrypt("tlsserver") })).not.toThrow();
  expect(
    declare("3", { domainNames: ["example.gov", "*.example.gov", "a.b.example.gov"], ...letsEncrypt() }),
  ).not.toThrow();
  expect(declare("4", { domainNames: ["a.example.gov", "*.example.gov"] })).not.toThrow();
  expect(declare("5", { renewal: { daysBeforeExpiry: 200 } })).not.toThrow();
});

test("a zone named twice", () => {
  const stack = makeStack();
  const zone = zoneOf(stack);
  const props = { domainNames: ["a.example.gov"], zone, zones: [zone], ...acme({}) };
  expect(errorOf(() => new ManagedCertificate(stack, "web", props)).message).toMatch(
    /^infra\/web: zone "example.gov" is listed twice/,
  );
});

test.each([
  ["*.example.gov", /wildcard label/, /"example\.gov"/],
  ["example..gov", /empty label/, /zone's name/],
])("zone name %s", (zoneName, what, fix) => {
  const error = errorOf(() => DnsZone.edgeDns(makeStack(), "zone", { zoneName }));
  expect(error.code).toBe("invalid_domain_name");
  expect(error.message).toMatch(/^infra\/zone: /);
  expect(error.message).toMatch(what);
  expect(error.message).toMatch(fix);
});

test.each<[UnexpiredProviderProps, RegExp]>([
  [{ accountStore: {} }, /accountStore names 0 places/],
  [{ accountStore: { file: { directory: "/a" }, environment: { variable: "A" } } }, /accountStore names 2 places/],
  [{ accountStore: { file: { directory: "accounts" } } }, /file\.directory "accounts" is not an absolute path/],
  [{ edgeDns: { edgerc: ".edgerc" } }, /edgerc "\.edgerc" is not an absolute path/],
  [{ edgeDns: { edgerc: "~/.edgerc" } }, /edgerc "~\/\.edgerc" is not an absolute path/],
  [{ edgeDns: { caFile: "ca.pem" } }, /caFile "ca\.pem" is not an absolute path/],
  [{ nameServers: ["ns1.example.gov"] }, /"ns1\.example\.gov" is not host:port.*write "ns1\.example\.gov:53"/],
])("provider block %j", (props, message) => {
  const error = errorOf(() => new UnexpiredProvider(makeStack(), "unexpired", props));
  expect(error.message).toMatch(/^infra\/unexpired: /);
  expect(error.message).toMatch(message);
});
