import { planCertificate } from "../../../../../src/provider/resources/certificate/plan";
import type { CertificatePrivate } from "../../../../../src/provider/resources/certificate/private-data";
import type { CertificatePlan, CertificateState } from "../../../../../src/provider/resources/certificate/schema";
import { Diagnostics, formatPath, isUnknown, UNKNOWN } from "../../../../../src/provider/schema";
import { certificatePrivate, certificateState } from "../../../../support/certificate-state";
import { createTestCa } from "../../../../support/test-certificates";

const volatile = [
  "certificate_chain",
  "fingerprint",
  "not_after",
  "not_before",
  "renew_at",
  "renewal_reason",
  "serial",
];
const base = certificateState();
const issuer = (changes: Partial<CertificateState["issuer"]>) => ({ ...base.issuer, ...changes });

const due = { refreshedAt: "2026-03-03T00:00:00.000Z" };

/** Certificates in place: what ACM compares the next one with. */
let chains: { readonly ec: string; readonly rsa: string };
beforeAll(async () => {
  const ca = await createTestCa();
  const names = ["app.example.gov", "*.app.example.gov"];
  const rsa = await ca.leaf({ names, key: "RSA_2048", keyUsage: ["digitalSignature", "keyEncipherment"] });
  chains = { ec: (await ca.leaf({ names })).chainPem, rsa: rsa.chainPem };
});

interface Situation {
  readonly prior?: Partial<CertificateState>;
  readonly planned?: Partial<CertificatePlan>;
  readonly private?: Partial<CertificatePrivate> | null;
  /** @default a month before it is due */
  readonly now?: string;
}

function plan({ prior = {}, planned = {}, private: known = {}, now = "2026-02-01T00:00:00Z" }: Situation) {
  const diagnostics = new Diagnostics();
  const certificate_chain = prior.key_algorithm === "RSA_2048" ? chains.rsa : chains.ec;
  const state = certificateState({ certificate_chain, ...prior });
  const answer = planCertificate(
    {
      config: {} as never,
      prior: state,
      proposed: { ...state, ...planned },
      changed: true,
      private: known && certificatePrivate(known),
    },
    { clock: { now: () => new Date(now) }, diagnostics },
  );
  const unknown = Object.entries(answer.planned).flatMap(([name, value]) => (isUnknown(value) ? [name] : []));
  const replaced = (answer.requiresReplace ?? []).map(formatPath);
  return { unknown: unknown.sort(), replaced, warnings: diagnostics.all.map(({ detail = "" }) => detail) };
}

test("a creation is planned as proposed", () => {
  const proposed: CertificatePlan = { ...base, arn: UNKNOWN };
  const context = { clock: { now: () => new Date() }, diagnostics: new Diagnostics() };
  const answer = planCertificate({ config: {} as never, prior: null, proposed, changed: true, private: null }, context);
  expect(answer).toEqual({ planned: proposed });
});

test.each<[string, Situation]>([
  ["the order of names", { planned: { domain_names: ["*.app.example.gov", "app.example.gov"] } }],
  ["capitals in names", { planned: { domain_names: ["APP.example.gov", "*.app.example.gov"] } }],
  ["the contact", { planned: { issuer: issuer({ contact_email: "tls@example.gov" }) } }],
  ["where the CA is trusted", { planned: { issuer: issuer({ ca_file: "/ca.pem" }) } }],
  ["tags", { planned: { tags: { team: "web" } } }],
  ["timeouts", { planned: { timeouts: { create: "5m", update: null, delete: null } } }],
  ["zones", { planned: { zones: [{ name: "app.example.gov", type: "edge_dns", id: null }] } }],
  ["the same policy, written out", { planned: { renewal: { enabled: true, ari: true, days_before_expiry: null } } }],
  ["nothing", {}],
])("no order, and nothing unknown: %s", (_, situation) => {
  expect(plan(situation)).toEqual({ unknown: [], replaced: [], warnings: [] });
});

test.each<[string, Situation, string[]]>([
  ["a name more", { planned: { domain_names: ["app.example.gov", "*.app.example.gov", "api.example.gov"] } }, []],
  ["a name less", { planned: { domain_names: ["app.example.gov"] } }, []],
  ["a name that is not known yet", { planned: { domain_names: ["app.example.gov", UNKNOWN] } }, []],
  ["names that are not known yet", { planned: { domain_names: UNKNOWN } }, []],
  ["all names are others", { planned: { domain_names: ["other.example.gov"] } }, ["domain_names"]],
  ["another CA", { planned: { issuer: issuer({ directory_url: "https://other.test/directory" }) } }, []],
  ["another profile", { planned: { issuer: issuer({ profile: "shortlived" }) } }, []],
  ["another chain", { planned: { issuer: issuer({ preferred_chain: "Root X2" }) } }, []],
  ["an issuer that is not known yet", { planned: { issuer: UNKNOWN } }, []],
  ["a renewal policy that is not known yet", { planned: { renewal: UNKNOWN } }, []],
  [
    "a profile without key encipherment for an RSA key",
    { prior: { key_algorithm: "RSA_2048" }, planned: { issuer: issuer({ profile: "tlsserver" }) } },
    ["issuer.profile"],
  ],
  [
    "a profile with key encipherment for an RSA key",
    { prior: { key_algorithm: "RSA_2048", issuer: issuer({ profile: "tlsserver" }) }, planned: { issuer: issuer({}) } },
    [],
  ],
  ["another key algorithm", { planned: { key_algorithm: "RSA_2048", domain_names: ["app.example.gov"] } }, []],
  [
    "what ACM refused before, from the same issuer",
    { private: { ...due, refused: { directoryUrl: base.issuer.directory_url } } },
    ["serial"],
  ],
])("a new certificate: %s", (_, situation, replaced) => {
  const { warnings, ...planned } = plan(situation);
  expect(planned).toEqual({ unknown: [...volatile, ...unknownPlanned(situation)].sort(), replaced });
  const getsNewArn = replaced.length > 0 || situation.planned?.key_algorithm !== undefined;
  expect(warnings).toEqual(getsNewArn ? [expect.stringContaining("in its SNI list")] : []);
});

test("what ACM refused from another issuer is tried again", () => {
  const refused = { directoryUrl: base.issuer.directory_url, profile: "tlsserver" };
  expect(plan({ private: { ...due, refused } })).toMatchObject({ unknown: volatile, replaced: [] });
});

/** What the configuration itself leaves unknown. */
function unknownPlanned({ planned = {} }: Situation): string[] {
  return Object.entries(planned).flatMap(([name, value]) => (isUnknown(value) ? [name] : []));
}

const moved = {
  start: "2026-01-10T00:00:00.000Z",
  end: "2026-01-11T00:00:00.000Z",
  askAgainAt: "2026-01-15T06:00:00.000Z",
};

test.each<[string, Situation, RegExp]>([
  ["a third of the lifetime is left", { private: due }, /^due since 2026-03-02T.*\(lifetime\); it ends on 2026-04-01/],
  ["the CA moved its window", { private: { ari: moved } }, /^due since 2026-01-10T.*\(ari-window\)/],
  ["it has expired", { private: { refreshedAt: "2026-04-02T00:00:00Z" } }, /\(expired\)/],
  [
    "no refresh has run, and the clock says so",
    { private: { refreshedAt: undefined }, now: "2026-03-03T00:00:00Z" },
    /\(lifetime\)/,
  ],
  ["it was imported into terraform", { private: null }, /^it was imported into terraform/],
  [
    "the new policy says so",
    { planned: { renewal: { enabled: true, ari: true, days_before_expiry: 80 } } },
    /^due since 2026-01-11T.*\(lifetime\)/,
  ],
])("renewed, with a warning that says why: %s", (_, situation, why) => {
  expect(plan(situation)).toMatchObject({ unknown: volatile, replaced: [], warnings: [expect.stringMatching(why)] });
});

test.each<[string, Situation, string[]]>([
  ["the refresh was before it was due, though it is due by now", { now: "2026-03-03T00:00:00Z" }, []],
  ["no refresh has run, and it is not due", { private: { refreshedAt: undefined } }, []],
  ["it is never to be renewed by time", { prior: { renewal: never() }, private: due }, []],
  ["the policy becomes never", { planned: { renewal: never() }, private: due }, ["renew_at"]],
  [
    "the policy now gives it longer",
    { planned: { renewal: { ...never(), enabled: true, days_before_expiry: 20 } }, private: due },
    ["renew_at"],
  ],
  [
    "the CA moved its window, and is not to be followed",
    { prior: { renewal: { ...never(), enabled: true, ari: false } }, private: { ari: moved } },
    [],
  ],
])("not renewed: %s", (_, situation, unknown) => {
  expect(plan(situation)).toEqual({ unknown, replaced: [], warnings: [] });
});

function never() {
  return { enabled: false, ari: true, days_before_expiry: null };
}
