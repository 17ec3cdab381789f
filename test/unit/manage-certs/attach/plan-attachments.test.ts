import type { AttachmentWishes } from "../../../../src/manage-certs/attach/attachment-plan";
import { planAttachments } from "../../../../src/manage-certs/attach/plan-attachments";
import type { Attachment, ScannedCertificate, ServingPoint } from "../../../../src/manage-certs/scan/estate";
import { attach, certificate, estate, inDays, listener } from "../../../support/scanned-estate";

const usual: AttachmentWishes = { detachOld: false, certificatesPerLoadBalancer: 25 };
const asDefault: AttachmentWishes = { ...usual, role: "default" };
const replacing: AttachmentWishes = { ...asDefault, detachOld: true };

const next = certificate("next", { names: ["app.example.gov"] });
const main = certificate("main", { names: ["main.example.gov"] });
const web = listener("web");
const classic = listener("classic", { kind: "classic-listener" });
const edge = listener("edge", { kind: "distribution", region: "aws-global", names: ["app.example.gov"] });

function plan(
  given: ScannedCertificate,
  point: ServingPoint,
  {
    wishes = usual,
    attachments = attach(point, main),
    others = [],
  }: {
    readonly wishes?: AttachmentWishes;
    readonly attachments?: readonly Attachment[];
    readonly others?: readonly ScannedCertificate[];
  } = {},
) {
  const found = estate({ certificates: [given, main, ...others], attachments });
  const [planned] = planAttachments(given, [point], wishes, found);
  if (planned === undefined) throw new Error("nothing is planned");
  return planned;
}

const said = ({ action }: ReturnType<typeof plan>) =>
  action.kind === "blocked" ? `${action.code}: ${action.why}; ${action.hint}` : `${action.kind}: ${action.why}`;

const meant = ({ action }: ReturnType<typeof plan>, names: readonly (string | undefined)[]) =>
  action.kind === "blocked" ? [] : names.filter(action.isMeant);

test("the list is the usual place: clients that send its names get it, and nobody else", () => {
  const planned = plan(next, web);
  expect(planned).toMatchObject({ role: "sni", notes: [] });
  expect(said(planned)).toBe("attach: clients that send app.example.gov get it");
  expect(meant(planned, ["app.example.gov", "main.example.gov", undefined])).toEqual(["app.example.gov"]);
});

test("a new default: who sends no name gets it; what AWS leaves on the list is told", () => {
  const planned = plan(next, web, { wishes: asDefault });
  expect(said(planned)).toContain(`attach: in place of main.example.gov (${main.arn}, until`);
  expect(planned.notes).toEqual([
    expect.stringMatching(/^main\.example\.gov .* stays on the list, .*; --detach-old takes it off$/),
  ]);
  expect(meant(planned, ["app.example.gov", "main.example.gov", undefined])).toEqual(["app.example.gov", undefined]);
  const whole = plan(next, web, { wishes: replacing });
  expect(whole.notes).toEqual(["nothing there holds main.example.gov any more"]);
  expect(meant(whole, ["main.example.gov", undefined])).toEqual(["main.example.gov", undefined]);
});

test.each<[string, Partial<ScannedCertificate>, ServingPoint, AttachmentWishes, string]>([
  ["not issued", { status: "PENDING_VALIDATION" }, web, usual, "is PENDING_VALIDATION and cannot serve"],
  ["ended", { notAfter: inDays(-1), status: "ISSUED" }, web, usual, "ended on 2026-05-31; renew it first"],
  ["not yet valid", { notBefore: inDays(2) }, web, usual, "is not valid before 2026-06-03"],
  ["another account", { accountId: "999988887777" }, web, usual, "aws_wrong_account: it is in account 111122223333"],
  [
    "another region",
    { region: "eu-west-1" },
    web,
    usual,
    "takes certificates of us-east-1, and this one is in eu-west-1",
  ],
  ["not where CloudFront looks", { region: "eu-west-1" }, edge, asDefault, "it takes certificates of us-east-1"],
  ["a key it does not take", { keyAlgorithm: "EC_secp384r1" }, edge, asDefault, "it takes no EC_secp384r1 key; use"],
  [
    "names that it serves",
    { names: ["other.example.gov"] },
    edge,
    asDefault,
    "clients ask it for app.example.gov, which",
  ],
  [
    "one certificate and no word",
    {},
    classic,
    usual,
    "it has one certificate, which this one would replace; say --default",
  ],
  ["one certificate and no list", {}, classic, { ...usual, role: "sni" }, "it has one certificate and no list"],
])("blocked: %s", (_, facts, point, wishes, reason) => {
  expect(said(plan({ ...next, ...facts }, point, { wishes }))).toContain(reason);
});

test("blocked: the quota of the load balancer, over all its listeners", () => {
  const other = listener("web", { id: `${web.id}-other`, name: "web:8443" });
  const more = [certificate("one"), certificate("two")] as const;
  const attachments = [...attach(web, main, more[0]), ...attach(other, main, more[1])];
  const wishes = { ...usual, certificatesPerLoadBalancer: 2 };
  expect(said(plan(next, web, { attachments, others: more, wishes }))).toContain(
    "aws_quota: its load balancer has 2 certificates beside defaults, where AWS allows 2",
  );
  expect(said(plan(next, web, { attachments, others: more }))).toContain("attach: ");
});

test("blocked: no client would get it; and who would get another one than before is told", () => {
  const longer = certificate("longer", { names: ["app.example.gov"], notAfter: inDays(90) });
  const shown = plan(next, web, { attachments: attach(web, main, longer), others: [longer] });
  expect(said(shown)).toContain(
    `no client would get it: ${longer.arn} (app.example.gov) comes first for each of its names`,
  );
  const shorter = certificate("shorter", { names: ["app.example.gov"], notAfter: inDays(20) });
  const taken = plan(next, web, { attachments: attach(web, main, shorter), others: [shorter] });
  expect(said(taken)).toContain("attach: ");
  expect(taken.notes).toEqual([expect.stringContaining(`no client gets app.example.gov (${shorter.arn}`)]);
});

test("where it is already: nothing to do, and what an interrupted run left is found", () => {
  expect(said(plan(next, web, { attachments: attach(web, main, next) }))).toBe("left: it is on the list");
  expect(said(plan(next, web, { attachments: attach(web, next) }))).toBe("left: it is the default");
  const former = certificate("former", { names: ["app.example.gov"], notAfter: inDays(5) });
  const left = { attachments: attach(web, next, former), others: [former] };
  const told = plan(next, web, { ...left, wishes: asDefault });
  expect([said(told), told.notes]).toEqual([
    "left: it is the default",
    [expect.stringMatching(/comes first for clients that send a name; --detach-old takes it off$/)],
  ]);
  expect(plan(next, web, { ...left, wishes: replacing }).action).toMatchObject({
    kind: "attach",
    followsArn: former.arn,
    detaches: true,
  });
  const wider = certificate("wider", { names: ["app.example.gov", "b.example.gov"], notAfter: inDays(5) });
  const foreign = { attachments: attach(web, next, wider), others: [wider], wishes: replacing };
  expect(plan(next, web, foreign)).toMatchObject({
    action: { kind: "left" },
    notes: [expect.stringContaining("it holds other names as well, and stays")],
  });
});
