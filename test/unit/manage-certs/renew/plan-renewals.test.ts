import {
  canaryTag,
  deleteAfterTag,
  managerTag,
  renewsTag,
  replacedByTag,
} from "../../../../src/issuance/certificate-tags";
import { planRenewals, type RenewalWishes } from "../../../../src/manage-certs/renew/plan-renewals";
import { parseSelector } from "../../../../src/manage-certs/renew/selector";
import type { Attachment, Estate, ScannedCertificate } from "../../../../src/manage-certs/scan/estate";

const now = new Date("2026-11-22T00:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const arnOf = (name: string) => `arn:aws:acm:eu-west-1:111111111111:certificate/${name}`;
const issuer = { name: "le", directoryUrl: "https://ca.test/directory" };

function certificate(name: string, changes: Partial<ScannedCertificate> = {}): ScannedCertificate {
  return {
    arn: arnOf(name),
    accountId: "111111111111",
    region: "eu-west-1",
    origin: "imported",
    names: [`${name}.example.test`],
    keyAlgorithm: "EC_prime256v1",
    notBefore: inDays(-80),
    notAfter: inDays(10),
    status: "ISSUED",
    inUseBy: [],
    tags: {},
    owner: "nobody",
    renewal: { state: "due", reason: "lifetime", renewAt: inDays(-20) },
    validation: [],
    ...changes,
  };
}

const notDue = { notAfter: inDays(60), renewal: { state: "not-due", renewAt: inDays(30) } } as const;

function attachment(name: string, role: Attachment["role"] = "default"): Attachment {
  const point = {
    id: `listener/${name}`,
    kind: "application-listener",
    name: `${name}:443`,
    arn: `arn:lb/${name}`,
    accountId: "111111111111",
    region: "eu-west-1",
    hostName: `${name}.elb.test`,
    port: 443,
    names: [],
    tags: {},
  } as const;
  return { point, role, certificateArn: arnOf(name) };
}

function plan(
  certificates: readonly ScannedCertificate[],
  {
    attached = certificates.map(({ arn }) => arn.split("/")[1] ?? ""),
    wishes = {},
    config = {},
    failures = [],
  }: {
    readonly failures?: Estate["failures"];
    readonly attached?: readonly string[];
    readonly wishes?: Partial<RenewalWishes>;
    readonly config?: { readonly issuer?: undefined };
  } = {},
) {
  const estate: Estate = {
    scannedAt: now,
    certificates,
    servingPoints: [],
    attachments: attached.map((name) => attachment(name)),
    observations: [],
    usage: [],
    failures,
  };
  return planRenewals(estate, { only: [], ...wishes }, { issuer, keyAlgorithm: "RSA_2048", ...config });
}

const kinds = (planned: ReturnType<typeof plan>): Record<string, string> =>
  Object.fromEntries(planned.map(({ certificate: { arn }, action }) => [arn.split("/")[1] ?? "", action.kind]));
const why = (planned: ReturnType<typeof plan>) => planned.map(({ action }) => action.why).join("\n");

test("what is due and attached is renewed by the usual issuer, with the key it has", () => {
  expect(plan([certificate("web")])[0]).toMatchObject({
    attachments: [{ role: "default" }],
    action: { kind: "renew", why: "little of its life is left", issuer, keyAlgorithm: "EC_prime256v1" },
  });
});

test("a key that nobody makes any more gives way to the configured one", () => {
  const [weak] = plan([certificate("weak", { keyAlgorithm: "RSA_1024" })]);
  expect(weak?.action).toMatchObject({ keyAlgorithm: "RSA_2048" });
});

test.each([
  ["acm", "ACM renews it"],
  ["terraform", "Terraform owns it"],
  ["acme-client", "the ACME client"],
] as const)("a certificate of %s is left alone", (owner, reason) => {
  const planned = plan([certificate("web", { owner })]);
  expect([kinds(planned), why(planned)]).toEqual([{ web: "left" }, expect.stringContaining(reason)]);
});

test("what is not due is left, unless it ends within what was asked for", () => {
  const young = certificate("web", notDue);
  expect(why(plan([young]))).toBe("not due before 2026-12-22");
  expect(kinds(plan([young], { wishes: { withinMs: 60 * 86_400_000 } }))).toEqual({ web: "renew" });
  expect(kinds(plan([young], { wishes: { withinMs: 60 * 86_400_000 - 1 } }))).toEqual({ web: "left" });
});

test("what nothing uses is left, unless it is named", () => {
  const unused = [certificate("web"), certificate("cdn", { inUseBy: ["arn:elsewhere"] })];
  expect(kinds(plan(unused, { attached: [] }))).toEqual({ web: "left", cdn: "renew" });
  const only = [parseSelector("web.example.test")];
  expect(kinds(plan(unused, { attached: [], wishes: { only } }))).toEqual({ web: "renew", cdn: "left" });
});

test("without an issuer it is blocked, and so is what IAM holds", () => {
  expect(plan([certificate("web")], { config: { issuer: undefined } })[0]?.action).toMatchObject({
    kind: "blocked",
    code: "invalid_config",
  });
  expect(plan([certificate("web", { origin: "iam" })])[0]?.action).toMatchObject({
    kind: "blocked",
    code: "certificate_reimport_refused",
  });
});

test("a successor of an earlier run is put in place, and none is ordered for it", () => {
  const old = certificate("old");
  const successor = certificate("new", { ...notDue, tags: { [renewsTag]: old.arn, [managerTag]: "manage-certs" } });
  const planned = plan([old, successor], { attached: ["old"] });
  expect(kinds(planned)).toEqual({ old: "finish", new: "left" });
  expect(planned[0]?.action).toMatchObject({ successor: { arn: successor.arn } });
});

test("a successor that was never issued does not count", () => {
  const successor = certificate("new", { status: "PENDING_VALIDATION", tags: { [renewsTag]: arnOf("old") } });
  expect(kinds(plan([certificate("old"), successor], { attached: ["old"] }))).toMatchObject({ old: "renew" });
});

test.each<[string, Partial<ScannedCertificate>, string]>([
  ["imported a moment ago", {}, "left"],
  ["imported an hour ago", { importedAt: inDays(-1 / 24) }, "renew"],
  ["with tags of its own", { tags: { team: "payments" } }, "renew"],
  ["for other names", { names: ["other.example.test"] }, "renew"],
  ["with another key", { keyAlgorithm: "RSA_2048" }, "renew"],
  ["that ends no later", { notAfter: inDays(10) }, "renew"],
])("a certificate that may be its successor, %s", (_, changes, kind) => {
  const names = ["old.example.test"];
  const recent = certificate("new", { ...notDue, names, importedAt: inDays(-1 / 1440), ...changes });
  expect(kinds(plan([certificate("old"), recent], { attached: ["old"] })).old).toBe(kind);
});

test("a copy on trial is ended, whoever was on trial", () => {
  expect(kinds(plan([certificate("copy", { ...notDue, tags: { [canaryTag]: arnOf("web") } })]))).toEqual({
    copy: "end-canary",
  });
});

test.each([
  ["before its grace is over", inDays(1), [], "left"],
  ["when its grace is over", inDays(0), [], "delete"],
  ["while something uses it", inDays(-9), ["old"], "renew"],
])("a certificate that was replaced: %s", (_, after, attached, kind) => {
  const tags = { [replacedByTag]: arnOf("new"), [deleteAfterTag]: after.toISOString() };
  expect(kinds(plan([certificate("old", { tags })], { attached }))).toEqual({ old: kind });
});

test("one that was replaced, and is in use again or still: its successor takes that over, and none is ordered", () => {
  const tags = { [replacedByTag]: arnOf("new"), [deleteAfterTag]: inDays(-1).toISOString() };
  const successor = certificate("new", notDue);
  const planned = plan([certificate("old", { tags }), successor], { attached: ["old"] });
  expect(kinds(planned)).toEqual({ old: "finish", new: "left" });
  const lagging = certificate("old", { tags, inUseBy: ["arn:lb/web"] });
  expect(kinds(plan([lagging, successor], { attached: [] }))).toEqual({ old: "finish", new: "left" });
});

describe("where the scan is not whole", () => {
  const failed = (service: string, region = "eu-west-1", accountId = "111111111111") => [
    { accountId, region, service, error: { code: "aws_denied" as const, message: "AWS denied it" } },
  ];
  const used = certificate("web", { inUseBy: ["arn:lb/web", "arn:lb/other"] });
  test.each<[string, Estate["failures"], string]>([
    ["tags", failed("tag"), "blocked"],
    ["tags elsewhere", failed("tag", "eu-west-3"), "renew"],
    ["tags of another account", failed("tag", "eu-west-1", "222222222222"), "renew"],
    ["what uses it", failed("elasticloadbalancing"), "blocked"],
    ["what uses it, in no region", failed("cloudfront", "aws-global"), "blocked"],
    ["what has nothing to do with it", failed("iam", "aws-global"), "renew"],
  ])("%s: %#", (_, failures, kind) => {
    expect(kinds(plan([used], { failures }))).toEqual({ web: kind });
  });

  test("what was seen in all its places is renewed, and what is left alone stays so", () => {
    const seen = certificate("web", { inUseBy: ["arn:lb/web"] });
    expect(kinds(plan([seen], { failures: failed("elasticloadbalancing") }))).toEqual({ web: "renew" });
    expect(kinds(plan([certificate("web", notDue)], { failures: failed("tag") }))).toEqual({ web: "left" });
  });

  test("it is said what is not known, and why", () => {
    expect(plan([used], { failures: failed("elasticloadbalancing") })[0]?.action).toMatchObject({
      code: "aws_denied",
      why: "it is used by arn:lb/other, which was not looked at: AWS denied it",
    });
  });
});

test("the most urgent first, and no more than --max of them", () => {
  const certificates = [9, 3, 7].map((days) => certificate(`in${days}`, { notAfter: inDays(days) }));
  const planned = plan([certificate("later", notDue), ...certificates], { wishes: { max: 2 } });
  expect(kinds(planned)).toEqual({ in3: "renew", in7: "renew", in9: "left", later: "left" });
  expect(planned.map(({ certificate: { arn } }) => arn.split("/")[1])).toEqual(["in3", "in7", "in9", "later"]);
  expect(planned[2]?.action.why).toBe("due, and beyond --max 2");
});

test.each([
  ["WEB.example.test.", true],
  ["team=payments", true],
  ["team=others", false],
  [arnOf("web"), true],
  ["example.test", false],
])("--only %s", (text, selected) => {
  expect(parseSelector(text)(certificate("web", { tags: { team: "payments" } }))).toBe(selected);
});

test("--only that means nothing is refused", () => {
  expect(() => parseSelector("web")).toThrow("--only web is neither a domain name nor an ARN nor TAG=VALUE");
});
