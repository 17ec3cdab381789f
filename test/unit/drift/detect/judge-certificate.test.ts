import type { CertificateDescription } from "../../../../src/aws/stored-certificate";
import type { AcmAnswer } from "../../../../src/drift/detect/acm-view";
import type { StateCertificate } from "../../../../src/drift/detect/certificates-in-state";
import { judgeCertificate, type Evidence } from "../../../../src/drift/detect/judge-certificate";
import type { Sighting } from "../../../../src/drift/detect/watched-certificate";
import { AppError } from "../../../../src/platform/errors";

const arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";
const end = new Date("2027-02-10T00:00:00Z");
const day = (text: string) => new Date(`${text}T00:00:00Z`);

/** Of 90 days, so due 30 days before its end and overdue 15 days before it. */
const ours: StateCertificate = {
  ...{ address: "unexpired_certificate.web", arn, names: ["web.example.gov"], renewedBy: "plan", issuer: "ca" },
  ...{ serial: "0a", notBefore: day("2026-11-12"), notAfter: end, policy: {}, followsCa: true },
};
const issued: StateCertificate = { ...ours, renewedBy: "acm", serial: undefined, followsCa: false };

function inAcm(more: Partial<CertificateDescription> = {}): AcmAnswer {
  const facts = { arn, domainNames: [], inUse: true, type: "IMPORTED", status: "ISSUED", notAfter: end };
  return { state: "seen", certificate: { ...facts, ...more } };
}

function sighting(serial: string, more: Partial<Sighting> & { notAfter?: Date; refusal?: string } = {}): Sighting {
  const { notAfter = end, refusal, ...where } = more;
  const outcome = { state: "served", serial, notAfter, names: ["web.example.gov"], refusal } as const;
  return { servedBy: "aws_lb_listener.https", at: "192.0.2.7:443", serverName: "web.example.gov", outcome, ...where };
}

/** `level rule: message`, all that are found. */
function judge(more: Partial<Evidence> & { at?: Date }): string[] {
  const { at = day("2026-12-01"), ...rest } = more;
  const evidence: Evidence = {
    ...{ certificate: ours, acm: inAcm(), sightings: [sighting("0a")], isInPlan: false },
    ...{ plannedAt: at, now: at, settleMs: 180_000 },
    ...rest,
  };
  return judgeCertificate(evidence).findings.map(({ rule, level, message }) => `${level} ${rule}: ${message}`);
}

test("the state, ACM and clients agree, and nothing is due: nothing is found", () => {
  expect(judge({})).toEqual([]);
});

describe("a renewal that was due and did not happen", () => {
  test.each<[string, Parameters<typeof judge>[0], string[]]>([
    [
      "no plan renews it",
      { at: day("2027-01-13") },
      [
        "error renewal-missed: its renewal is due since 2027-01-11, 2 days ago (lifetime), and the plan does not renew it",
      ],
    ],
    ["the plan renews it", { at: day("2027-01-13"), isInPlan: true }, []],
    [
      "it is overdue, and waits for somebody",
      { at: day("2027-01-28"), isInPlan: true },
      [
        "error renewal-missed: its renewal is overdue, due since 2027-01-11, 17 days ago (lifetime): it is planned and not applied",
      ],
    ],
    ["it became due after the plan was begun", { plannedAt: day("2027-01-10"), now: day("2027-01-13") }, []],
    ["the user wants none", { at: day("2027-01-28"), certificate: { ...ours, policy: { never: true } } }, []],
  ])("%s", (_, given, findings) => expect(judge(given)).toEqual(findings));

  test("the CA's window counts; where it is not known, what it said at the last apply", () => {
    const at = day("2027-01-13");
    const window = (start: Date) => ({ certId: "a.b", start, end: start });
    expect(judge({ at, ari: window(day("2027-01-14")) })).toEqual([]);
    expect(judge({ at, certificate: { ...ours, renewAt: day("2027-01-14") } })).toEqual([]);
    expect(judge({ at: day("2026-12-02"), ari: window(day("2026-12-01")) })).toEqual([
      expect.stringMatching(/^error renewal-missed: .* 1 day ago \(ari-window\), and the plan does not renew it$/),
    ]);
    const deaf = { ...ours, followsCa: false };
    expect(judge({ at, certificate: deaf, ari: window(day("2027-01-14")) })).toHaveLength(1);
  });
});

describe("a certificate that ACM renews", () => {
  const renewal = (status: string) => ({ renewal: { status, reason: "CAA_ERROR", validations: [] } });
  const [early, late] = [day("2026-12-29"), day("2027-01-20")];
  const policy = { daysBeforeExpiry: 45 };
  const certificate = { ...issued, policy };

  test.each<[string, Parameters<typeof judge>[0], string[]]>([
    ["due, and ACM is at it", { at: early, acm: inAcm(renewal("PENDING_AUTO_RENEWAL")) }, []],
    [
      "waits for validation",
      { at: early, acm: inAcm(renewal("PENDING_VALIDATION")) },
      ["error renewal-missed: ACM cannot renew it: it waits for its names to be validated"],
    ],
    [
      "failed",
      { at: early, acm: inAcm(renewal("FAILED")) },
      ["error renewal-missed: ACM failed to renew it (CAA_ERROR)"],
    ],
    [
      "overdue, and ACM says nothing",
      { at: late },
      ["error renewal-missed: its renewal is overdue, due since 2026-12-27, 24 days ago (lifetime)"],
    ],
    [
      "overdue, and nobody uses it",
      { at: late, acm: inAcm({ inUse: false }) },
      ["warning renewal-missed: its renewal is overdue, due since 2026-12-27, 24 days ago (lifetime)"],
    ],
  ])("%s", (_, given, findings) => expect(judge({ certificate, ...given })).toEqual(findings));
});

test("over, by its state or for clients", () => {
  const after = day("2027-02-12");
  expect(judge({ at: after, isInPlan: true })[0]).toBe(
    "error certificate-expired: it ended 2 days ago, on 2027-02-10, and clients get it from aws_lb_listener.https at 192.0.2.7:443",
  );
  const fresh = { ...ours, notAfter: day("2027-05-10") };
  const acm = inAcm({ notAfter: fresh.notAfter });
  const found = judge({ at: after, certificate: fresh, acm, sightings: [sighting("09")] });
  expect(found[0]).toMatch(/^error certificate-expired: it ended 2 days ago/);
});

describe("what clients get", () => {
  const older = sighting("09", { notAfter: day("2027-01-10") });
  const noName = sighting("0b", { serverName: undefined });
  test.each<[string, Partial<Evidence>, string[]]>([
    [
      "an older one in one of two places",
      { sightings: [sighting("0a"), older] },
      [
        "error wire-differs: clients get another certificate from aws_lb_listener.https at 192.0.2.7:443 for web.example.gov: serial 09, until 2027-01-10",
      ],
    ],
    [
      "another default",
      { sightings: [sighting("0a"), noName] },
      [expect.stringMatching(/^error wire-differs: .* at 192.0.2.7:443 without a name: serial 0b/) as string],
    ],
    [
      "somebody else's for a name, and ours elsewhere",
      { sightings: [sighting("0a"), sighting("0b"), sighting("0b")] },
      [expect.stringMatching(/^warning wire-differs: .* \(and in 1 more handshake\): serial 0b/) as string],
    ],
    ["ours nowhere", { sightings: [sighting("0b")] }, [expect.stringMatching(/^error wire-differs/) as string]],
    [
      "ours nowhere yet",
      { sightings: [sighting("0b")], acm: inAcm({ importedAt: new Date("2026-11-30T23:58:00Z") }) },
      [expect.stringMatching(/^warning wire-differs/) as string],
    ],
    [
      "one that was renewed outside, as ACM has it",
      { sightings: [sighting("0c")], acm: inAcm({ serial: "0c", notAfter: day("2027-03-01") }) },
      [expect.stringMatching(/^warning acm-differs: what ACM holds ends on 2027-03-01/) as string],
    ],
    [
      "ours, which clients refuse",
      { sightings: [sighting("0a", { refusal: "the intermediate is missing" })] },
      [
        "warning wire-refused: clients refuse what they get from aws_lb_listener.https at 192.0.2.7:443 for web.example.gov: the intermediate is missing",
      ],
    ],
    ["that of ACM, which has no serial in the state", { certificate: issued, sightings: [sighting("77")] }, []],
  ])("%s", (_, given, findings) => expect(judge(given)).toEqual(findings));
});

describe("what ACM holds", () => {
  test.each<[string, Partial<Evidence>, string]>([
    ["nothing", { acm: { state: "gone" } }, "error acm-differs: ACM has no such certificate"],
    [
      "nothing, and the plan replaces it",
      { acm: { state: "gone" }, isInPlan: true },
      "warning acm-differs: ACM has no such certificate",
    ],
    [
      "an older one",
      { acm: inAcm({ notAfter: day("2026-12-31") }) },
      "error acm-differs: what ACM holds ends on 2026-12-31T00:00:00.000Z, what the state tells ends on 2027-02-10T00:00:00.000Z",
    ],
  ])("%s", (_, given, finding) => expect(judge(given)).toEqual([finding]));
});

test("what nobody could look at is said", () => {
  const error = new AppError("invalid_credentials", "there are no AWS credentials");
  const lost: Sighting = { ...sighting("0a"), outcome: { state: "unseen", why: "no answer within 5 s" } };
  expect(judge({ acm: { state: "unseen", error }, sightings: [lost] })).toEqual([
    "unseen not-seen: aws_lb_listener.https at 192.0.2.7:443 was not seen: no answer within 5 s",
    "unseen not-seen: ACM was not seen: there are no AWS credentials",
  ]);
  expect(judge({ acm: undefined, sightings: undefined })).toEqual([
    "unseen not-seen: no handshakes: verify.handshakes is false",
    "unseen not-seen: ACM is not asked: verify.acm is false",
  ]);
});
