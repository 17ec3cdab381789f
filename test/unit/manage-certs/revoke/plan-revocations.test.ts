import { canaryTag, replacedByTag, revocationTag } from "../../../../src/issuance/certificate-tags";
import { AppError } from "../../../../src/platform/errors";
import { readLeaf, type LeafToRevoke } from "../../../../src/manage-certs/revoke/leaf-to-revoke";
import { planRevocations } from "../../../../src/manage-certs/revoke/plan-revocations";
import type { RevocationWishes } from "../../../../src/manage-certs/revoke/revocation-plan";
import type { RevocationSubject } from "../../../../src/manage-certs/revoke/revocation-subject";
import type { Attachment, Estate, ScannedCertificate } from "../../../../src/manage-certs/scan/estate";
import { createTestCa } from "../../../support/test-certificates";

const now = new Date("2026-11-22T00:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const accountId = "111111111111";
const arn = `arn:aws:acm:eu-west-1:${accountId}:certificate/web`;
const issuer = { name: "le", directoryUrl: "https://ca.test/directory" };

let current: LeafToRevoke;
let other: LeafToRevoke;
beforeAll(async () => {
  const ca = await createTestCa();
  const leaf = async () => {
    const { leafPem, chainPem } = await ca.leaf({
      names: ["web.example.gov"],
      notBefore: inDays(-1),
      notAfter: inDays(80),
    });
    return readLeaf(leafPem, chainPem.slice(leafPem.length));
  };
  [current, other] = await Promise.all([leaf(), leaf()]);
});

function certificate(changes: Partial<ScannedCertificate> = {}): ScannedCertificate {
  return {
    ...{ arn, accountId, region: "eu-west-1", origin: "imported", names: ["web.example.gov"], tags: {}, inUseBy: [] },
    ...{
      keyAlgorithm: "EC_prime256v1",
      serial: current.info.serial,
      status: "ISSUED",
      owner: "nobody",
      validation: [],
    },
    ...{ notBefore: inDays(-1), notAfter: inDays(80), renewal: { state: "not-due", renewAt: inDays(50) } },
    chain: { intermediates: 1, keyFingerprint: current.keyFingerprint },
    ...changes,
  };
}

function attachment(
  name: string,
  certificateArn = arn,
  kind: Attachment["point"]["kind"] = "application-listener",
): Attachment {
  const place = {
    id: `listener/${name}`,
    name: `${name}:443`,
    arn: `arn:lb/${name}`,
    region: "eu-west-1",
    hostName: name,
  };
  return { point: { ...place, kind, accountId, port: 443, names: [], tags: {} }, role: "default", certificateArn };
}

interface Given {
  readonly certificates?: readonly ScannedCertificate[];
  readonly attachments?: readonly Attachment[];
  readonly failures?: Estate["failures"];
  readonly subject?: Partial<RevocationSubject>;
  readonly wishes?: Partial<RevocationWishes>;
}

function planned({ certificates = [certificate()], attachments = [], failures = [], subject, wishes }: Given) {
  const points = attachments.map(({ point }) => point);
  const estate = {
    scannedAt: now,
    certificates,
    attachments,
    failures,
    servingPoints: points,
    observations: [],
    usage: [],
  };
  const own = certificates.find((each) => each.arn === arn);
  const [plan] = planRevocations(
    [{ arn, certificate: own, current, revoker: { issuer }, ...subject }],
    estate,
    { reason: "keyCompromise", replace: false, now: false, serials: [], unproved: false, ...wishes },
    { issuer, keyAlgorithm: "EC_prime256v1" },
  );
  if (plan === undefined) throw new Error("nothing was planned");
  return plan;
}

const served = [attachment("web")];
const replace = { replace: true };
const said = (text: string) => expect.stringContaining(text) as string;

test("what nothing uses is revoked at once; what is used only with a word on how", () => {
  expect(planned({}).action).toMatchObject({ kind: "revoke", why: "nothing uses it", isUnused: true });
  expect(planned({ wishes: replace }).action.kind).toBe("revoke");
  expect(planned({ attachments: served }).action).toMatchObject({ kind: "blocked", code: "aws_in_use" });
  expect(planned({ attachments: served, wishes: { now: true } }).action).toMatchObject({
    kind: "revoke",
    isUnused: false,
  });
  expect(planned({ attachments: served, wishes: replace }).action).toMatchObject({
    kind: "replace",
    renewal: { action: { kind: "renew", issuer, keyAlgorithm: "EC_prime256v1" } },
  });
});

test("users that only ACM names are users; where nothing can be proved they hold up a replacement", () => {
  const used = [certificate({ inUseBy: ["arn:aws:elsewhere:eu-west-1:111111111111:thing"] })];
  expect(planned({ certificates: used }).action).toMatchObject({ kind: "blocked", why: said("arn:aws:elsewhere") });
  expect(planned({ certificates: used, wishes: replace }).action).toMatchObject({ code: "handshake_failed" });
  expect(planned({ certificates: used, wishes: { ...replace, unproved: true } }).action.kind).toBe("replace");
  // inside an account of AWS's own
  const api = [certificate({ inUseBy: ["arn:aws:elasticloadbalancing:eu-west-1:999999999999:loadbalancer/app/x"] })];
  const domainName = [attachment("api", arn, "rest-domain-name")];
  expect(planned({ certificates: api, attachments: domainName, wishes: replace }).action.kind).toBe("replace");
});

test.each([
  ["amazon-issued", "aws acm revoke-certificate"],
  ["private-ca", "aws acm-pca revoke-certificate"],
  ["acme-endpoint", "that client revokes it"],
] as const)("what is %s is not revoked from here", (origin, hint) => {
  const certificates = [certificate({ origin })];
  expect(planned({ certificates, subject: { current: undefined }, wishes: { now: true } }).action).toMatchObject({
    kind: "blocked",
    code: "certificate_not_revocable",
    hint: said(hint),
  });
});

test("what somebody else replaces is replaced there", () => {
  const owned = (owner: ScannedCertificate["owner"], tags = {}) =>
    planned({ certificates: [certificate({ owner, tags })], attachments: served, wishes: replace }).action;
  expect(owned("terraform")).toMatchObject({
    kind: "blocked",
    why: said("Terraform owns it"),
    hint: said("--leaf FILE"),
  });
  expect(owned("nobody", { [canaryTag]: "arn:other" })).toMatchObject({ hint: said("manage-certs renew --apply") });
  const iam = { certificates: [certificate({ origin: "iam" })], attachments: served, wishes: replace };
  expect(planned(iam).action).toMatchObject({ code: "certificate_reimport_refused", hint: said("issue one in ACM") });
  expect(planned({ ...iam, attachments: [] }).action.kind).toBe("revoke");
  const failures = [{ service: "cloudfront", error: { code: "aws_denied" as const, message: "no" } }];
  expect(planned({ ...iam, attachments: [], failures }).action).toMatchObject({ why: said("is not known") });
});

test("who may revoke: refused without, unless an order proves control over the names", () => {
  const stranger = new AppError("certificate_not_revocable", "somebody issued it", { hint: "ask there" });
  expect(planned({ subject: { revoker: stranger } }).action).toMatchObject({
    why: "somebody issued it",
    hint: "ask there",
  });
  const revoker = { issuer, missing: new AppError("acme_account", "there is no account") };
  expect(planned({ subject: { revoker } }).action).toMatchObject({ code: "acme_account", hint: said("--replace") });
  expect(planned({ subject: { revoker }, attachments: served, wishes: replace }).action.kind).toBe("replace");
});

test("what an earlier run replaced is proved and revoked without an order, or at once if nothing has the ARN", () => {
  const { serial } = other.info;
  const pending = (tags = {}) => [certificate({ tags: { [revocationTag]: `pending ${serial}`, ...tags } })];
  expect(planned({ certificates: pending(), attachments: served, subject: { begun: other } })).toMatchObject({
    serial,
    action: { kind: "finish", what: { leaf: other } },
  });
  expect(planned({ certificates: pending(), subject: { begun: other } }).action).toMatchObject({ kind: "revoke" });
  expect(planned({ certificates: [], subject: { current: undefined, begun: other } }).action.kind).toBe("revoke");
  // the leaf is on another machine
  expect(planned({ certificates: pending(), attachments: served, wishes: replace }).action).toMatchObject({
    kind: "blocked",
    why: said(`serial ${serial} was replaced under this ARN`),
    hint: said("--leaf FILE"),
  });
});

test("what took the place of a revoked one is not revoked unless its serial is named", () => {
  const certificates = [certificate({ tags: { [revocationTag]: `done ${other.info.serial} ${current.info.serial}` } })];
  const given = { certificates, attachments: served };
  expect(planned({ ...given, wishes: replace }).action).toMatchObject({ kind: "left", why: said("was revoked") });
  expect(planned({ ...given, wishes: { ...replace, serials: [current.info.serial] } }).action.kind).toBe("replace");
  expect(planned({ ...given, wishes: { ...replace, serials: ["0a"] } }).action).toMatchObject({
    why: said("--serial"),
  });
  // it was renewed since
  const renewed = [certificate({ tags: { [revocationTag]: `done 0a 0b` } })];
  expect(planned({ certificates: renewed, attachments: served, wishes: replace }).action.kind).toBe("replace");
});

test("what is not there, has ended, or lost its places before", () => {
  const gone = { certificates: [], subject: { current: undefined, revoker: undefined } };
  expect(planned(gone).action).toMatchObject({ code: "aws_not_found", why: said("is not there") });
  const failures = [
    { accountId, region: "eu-west-1", service: "acm", error: { code: "aws_denied" as const, message: "no" } },
  ];
  expect(planned({ ...gone, failures }).action).toMatchObject({ why: said("acm could not be looked at") });
  const ended = { ...current, info: { ...current.info, notAfter: inDays(-1) } };
  expect(planned({ subject: { current: ended } }).action).toMatchObject({ kind: "left", why: said("it ended on") });
  const replaced = [certificate({ tags: { [replacedByTag]: "arn:new" } })];
  expect(planned({ certificates: replaced }).action).toMatchObject({ kind: "revoke", why: "arn:new has its places" });
});

test("the same certificate elsewhere, and others with the same key", () => {
  const twin = certificate({ arn: `${arn}-twin` });
  const sameKey = certificate({ arn: `${arn}-key`, serial: "0a" });
  const certificates = [certificate(), twin, sameKey];
  const attachments = [...served, attachment("twin", twin.arn)];
  expect(planned({ certificates, attachments, wishes: replace })).toMatchObject({
    sameKey: [sameKey.arn],
    action: { kind: "blocked", code: "aws_in_use", why: said(`used as ${twin.arn} by twin:443`) },
  });
  expect(planned({ certificates, attachments, wishes: { now: true } }).action.why).toContain("2 places");
  expect(planned({ certificates, wishes: { reason: "superseded" } }).sameKey).toEqual([]);
});
