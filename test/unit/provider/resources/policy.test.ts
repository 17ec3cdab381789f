/** The policy at plan, by the RPCs that core calls: errors and warnings with their places, and what goes on record. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { privateOf, PolicyPlans, type PlanSituation } from "../../../support/policy-plans";
import { certificatePrivate, certificateState } from "../../../support/certificate-state";

let folder: string;
let policy: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policy-"));
  policy = join(folder, "policy.yaml");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(policy, text);
const plans = (now?: string) => new PolicyPlans({ folder, now });
const ledger = () =>
  readFileSync(join(folder, "ledger.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function planned(situation: PlanSituation = {}, now?: string, block: object = { file: policy }) {
  const made = plans(now);
  expect((await made.configure(block)).diagnostics ?? []).toEqual([]);
  return made.certificate(situation);
}

test("what is denied is an error at the attribute, with rule, line and the smallest fix", async () => {
  write("certificates:\n  - keyAlgorithms: [RSA_2048]\n    issuers: [acm]\nissuers: [{ name: acm }]\n");
  expect(await planned()).toEqual([
    {
      severity: "error",
      summary: 'the policy does not allow certificate "stack/web"',
      detail: `the issuer https://ca.test/directory is not allowed, only acm (policy/issuer-not-allowed, ${policy}:3); take acm\ncode: policy_denied\nat issuer.directory_url`,
      path: "issuer.directory_url",
    },
    {
      severity: "error",
      summary: 'the policy does not allow certificate "stack/web"',
      detail: `a key EC_prime256v1 is not allowed, only RSA_2048 (policy/key-algorithm-not-allowed, ${policy}:2); set the key algorithm to RSA_2048\ncode: policy_denied`,
      path: "key_algorithm",
    },
  ]);
});

test("a waiver is a warning that shows owner, reason and end; both are on record once a day", async () => {
  write(
    [
      "certificates: [{ keyAlgorithms: [RSA_2048], names: ['**.example.gov', '\\*.app.example.gov'] }]",
      "waivers:",
      "  - { rule: policy/key-algorithm-not-allowed, names: ['**.example.gov', '\\*.app.example.gov'], owner: web, reason: old phones, until: 2026-06-01 }",
    ].join("\n"),
  );
  const [told] = await planned();
  expect(told).toMatchObject({
    severity: "warning",
    detail: expect.stringContaining(`waived until 2026-06-01 by web: old phones (${policy}:3)`) as string,
  });
  await planned();
  expect(await planned({ names: ["other.test"] }, "2026-02-02T00:00:00Z")).toMatchObject([{ severity: "error" }]);
  expect(ledger().map(({ event, outcome, subject, why, facts }) => ({ event, outcome, subject, why, facts }))).toEqual([
    {
      event: "waiver.used",
      outcome: "done",
      subject: expect.objectContaining({ rule: "policy/key-algorithm-not-allowed" }) as object,
      why: "old phones",
      facts: { value: "EC_prime256v1", waiverOwner: "web", until: "2026-06-01" },
    },
    {
      event: "policy.denied",
      outcome: "refused",
      subject: { names: ["other.test"], rule: "policy/certificate-not-listed" },
      facts: { value: "other.test" },
    },
  ]);
});

const window = "windows: [{ days: [mon], from: '09:00', to: '16:00', timeZone: UTC }]\n";
const prior = certificateState({ zones: [] });
const known = privateOf(certificatePrivate({ refreshedAt: "2026-03-03T00:00:00.000Z" }));

test.each<[string, string, string, string[]]>([
  ["due, in a window", "2026-03-09T10:00:00Z", window, []],
  ["due, outside of it", "2026-03-10T10:00:00Z", window, ["error to renew at 2026-03-10T10:00:00.000Z is outside"]],
  ["overdue, outside of it", "2026-03-31T10:00:00Z", window, ["warning to renew at 2026-03-31T10:00:00.000Z is out"]],
  [
    "due, in a freeze",
    "2026-03-09T10:00:00Z",
    "freezes: [{ name: spring, from: 2026-03-08, to: 2026-03-20 }]\n",
    ["error to renew at 2026-03-09T10:00:00.000Z is within"],
  ],
])("a renewal that is %s", async (_, now, text, expected) => {
  write(text);
  const said = await planned({ prior, known }, now);
  const ours = said.filter(({ summary }) => summary.includes("the policy"));
  expect(ours.map(({ severity, detail }) => `${severity} ${detail}`)).toEqual(
    expected.map((begin) => expect.stringContaining(begin) as string),
  );
});

test("who asks for renewals early does not get past a freeze by that", async () => {
  write("freezes: [{ name: spring, from: 2026-02-01, to: 2026-03-15 }]\n");
  const now = "2026-03-01T00:00:00Z";
  const early = { ...prior, renewal: { enabled: true, ari: false, days_before_expiry: 89 } };
  const fresh = privateOf(certificatePrivate({ refreshedAt: now, ari: undefined }));
  const said = await planned({ prior: early, known: fresh }, now);
  const ours = said.filter(({ summary }) => summary.includes("the policy"));
  expect(ours.map(({ severity, detail }) => `${severity} ${detail.split(" (")[0]}`)).toEqual([
    'error to renew at 2026-03-01T00:00:00.000Z is within the freeze "spring"',
  ]);
});

test("a change that orders another certificate is a replacement, and a destruction a deletion", async () => {
  write("freezes: [{ name: spring, from: 2026-02-01, to: 2026-03-01 }]\n");
  const at = "2026-02-10T00:00:00Z";
  const fresh = privateOf(certificatePrivate({ refreshedAt: at }));
  const replaced = await planned({ prior, known: fresh, names: ["new.example.gov"] }, at);
  expect(replaced.find(({ summary }) => summary.includes("the policy"))?.detail).toContain("to replace at");
  expect(await planned({ prior, known: fresh }, at)).toEqual([]);
  expect((await planned({ prior, known: fresh, isDestroyed: true }, at))[0]?.detail).toContain("to delete at");
});

test("a rollout is judged by the certificate's names and the listener's ARN", async () => {
  write("attachments: [{ loadBalancers: ['pay-*'], regions: [eu-west-1] }]\n");
  const made = plans();
  await made.configure({ file: policy });
  const listenerArn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/web/1/2";
  const said = await made.rollout({ listenerArn, names: ["app.example.gov"] });
  expect(said.map(({ severity, detail, path }) => [severity, detail.split(" (")[0], path])).toEqual([
    ["error", "the region us-east-1 is not allowed, only eu-west-1", "listener_arn"],
  ]);
});

test("a Classic Load Balancer is where its certificate is, whatever is not known yet", async () => {
  write("attachments: [{ regions: [eu-central-1] }]\n");
  const made = plans();
  await made.configure({ file: policy });
  const said = await made.rollout({ classic: { name: "old" }, names: ["app.example.gov"] });
  expect(said.map(({ severity, detail, path }) => [severity, detail.split(" (")[0], path])).toEqual([
    ["error", "the region eu-west-1 is not allowed, only eu-central-1", "classic_listener"],
  ]);
});

test("owner and tier are the provider block's; the environment may name the file", async () => {
  write("owners: [{ name: web, contact: w@example.gov, names: ['**.example.gov', '\\*.app.example.gov'] }]\n");
  const [told] = await planned({}, undefined, { file: policy, owner: "wob" });
  expect(told?.detail).toContain('the owner "wob" is none of the policy\'s');
  const byEnvironment = new PolicyPlans({ folder, environment: { UNEXPIRED_POLICY: policy } });
  await byEnvironment.configure(null);
  expect(await byEnvironment.certificate({ names: ["a.test"] })).toMatchObject([{ severity: "error" }]);
});

test.each<[string, string | undefined, object, string]>([
  ["not there", undefined, {}, "cannot read the policy file"],
  ["wrong", "issuers: [{ nome: acm }]\n", {}, "policy.yaml:1"],
  ["not named", "", { file: null }, "policy names no file"],
])("a policy that is %s is an error before anything is planned", async (_, text, block, expected) => {
  if (text !== undefined) write(text);
  const { diagnostics = [] } = await plans().configure({ file: policy, ...block });
  expect(diagnostics.map(({ summary }) => summary)).toEqual([expect.stringContaining(expected)]);
});
