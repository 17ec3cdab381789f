import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { attachmentsDocumentShape } from "../../../../src/manage-certs/report/attachments-document-shape";
import { exitCodeOfAttachments, toAttachmentsDocument } from "../../../../src/manage-certs/report/attachments-document";
import { toAttachmentsJunit } from "../../../../src/manage-certs/report/attachments-junit";
import { toAttachmentsMarkdown } from "../../../../src/manage-certs/report/attachments-markdown";
import { appliedAttachmentsText } from "../../../../src/manage-certs/report/attachments-text";
import type { PlannedAttachment } from "../../../../src/manage-certs/attach/attachment-plan";
import type { IssueAction } from "../../../../src/manage-certs/issue/issue-plan";
import type { IssueReport } from "../../../../src/manage-certs/issue/run-issue";
import { exitCodeOfIssue, toIssueDocument, type IssueRun } from "../../../../src/manage-certs/report/issue-document";
import { issueDocumentShape } from "../../../../src/manage-certs/report/issue-document-shape";
import { toIssueJunit } from "../../../../src/manage-certs/report/issue-junit";
import { toIssueMarkdown } from "../../../../src/manage-certs/report/issue-markdown";
import { appliedIssueText, plannedIssueText } from "../../../../src/manage-certs/report/issue-text";
import { AppError } from "../../../../src/platform/errors";
import { readJunit, readMarkdown } from "../../../support/read-reports";
import { certificate, inDays, listener, now } from "../../../support/scanned-estate";

const [web, shop] = [listener("web"), listener("shop")];
const isMeant = () => true;
const toAttach: PlannedAttachment = {
  ...{ point: web, role: "sni", notes: ["look out"] },
  action: { kind: "attach", why: "clients that send app.example.gov get it", detaches: false, isMeant },
};
const blocked: PlannedAttachment = {
  ...{ point: shop, role: "default", notes: [] },
  action: { kind: "blocked", code: "certificate_unusable", why: "it takes no such key", hint: "use another" },
};
const left: PlannedAttachment = { ...toAttach, notes: [], action: { kind: "left", why: "it is on the list", isMeant } };

const request = {
  ...{ names: ["app.example.gov"], keyAlgorithm: "EC_prime256v1" as const, points: [web] },
  ...{ issuer: { name: "le", directoryUrl: "https://ca.test/" }, accountId: "111122223333", region: "us-east-1" },
};
const order: IssueAction = { kind: "order", why: "by le, for app.example.gov" };

function run(
  action: IssueAction,
  attachments: readonly PlannedAttachment[],
  more: Partial<IssueReport> = {},
): IssueRun {
  const own = action.kind === "order" ? { arn: "" } : {};
  const plan = { request, certificate: certificate("app", own), action, attachments };
  const report = { plan, attachments: attachments.map((planned) => ({ planned })), ...more };
  return { applied: more.attachments !== undefined, estate: { scannedAt: now, failures: [] }, report };
}

const dry = run(order, [toAttach]);
const arn = certificate("app").arn;
const outcome = { result: "issued", arn, serial: "0a", notAfter: inDays(90), warnings: ["mind this"] } as const;
const applied = run({ kind: "found", why: "it is there" }, [toAttach, toAttach], {
  outcome: { ...outcome, result: "found" },
  attachments: [
    {
      planned: toAttach,
      error: new AppError("handshake_failed", "not served; web:443 is what it was", { hint: "see" }),
    },
    { planned: { ...toAttach, point: shop } },
  ],
});
const refused = run({ kind: "blocked", code: "dns_zone_not_found", why: "no zone", hint: "add it" }, [blocked]);

test("a dry run for people", () => {
  expect(plannedIssueText(dry).split("\n")).toEqual([
    "order by le, for app.example.gov (EC_prime256v1, in us-east-1 of account 111122223333)",
    "",
    "LISTENER  WHAT                WHY",
    "web:443   add it to the list  clients that send app.example.gov get it",
    " ! web:443: look out",
    "",
    "nothing was changed: --apply does it",
    "",
  ]);
  expect(plannedIssueText(refused).split("\n")).toEqual([
    "blocked: no zone",
    "hint: add it",
    "",
    "LISTENER  WHAT     WHY",
    "shop:443  blocked  it takes no such key",
    "hint: shop:443: use another",
    "",
    "nothing was changed, and nothing will be as long as something is blocked",
    "",
  ]);
  expect(plannedIssueText(run({ kind: "found", why: "it is there" }, [left]))).toContain("nothing to do");
});

test("a run for people", () => {
  expect(appliedIssueText(applied).split("\n")).toEqual([
    `ok app.example.gov: issued by an earlier run as ${arn}, good until 2026-08-30`,
    " ! mind this",
    "!! web:443: not served; web:443 is what it was [handshake_failed]",
    "     see",
    " - shop:443: not begun, nothing was changed there",
    "",
    "0 attached, 1 failed, 0 there already, 1 not begun",
    "",
  ]);
  const failed = run(order, [], { attachments: [], error: new AppError("acme_problem", "no", { hint: "ask" }) });
  expect(appliedIssueText(failed)).toContain("!! app.example.gov: no [acme_problem]\n     ask\n");
});

test.each([
  ["a dry run", dry],
  ["a run", applied],
  ["what is blocked", refused],
])("%s as JSON is of the published form", (_, given) => {
  const document = toIssueDocument(given);
  expect(issueDocumentShape.parse(document)).toEqual(document);
  expect("arn" in document.certificate).toBe(given !== dry);
});

test("attach has a form of its own, of the same parts", () => {
  const given = { ...applied, certificate: certificate("app"), reports: applied.report.attachments };
  const document = toAttachmentsDocument(given);
  expect(attachmentsDocumentShape.parse(document)).toEqual(document);
  expect(document.listeners.map(({ error }) => error?.code)).toEqual(["handshake_failed", undefined]);
  expect(appliedAttachmentsText(given)).toContain("1 not begun");
});

test.each([
  ["attach", attachmentsDocumentShape],
  ["issue", issueDocumentShape],
])("docs/reference/schemas/%s.schema.json is that form", (name, shape) => {
  const file = join(__dirname, `../../../../docs/reference/schemas/${name}.schema.json`);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(shape));
});

test("exit codes: the worst wins", () => {
  expect([dry, applied, refused].map(exitCodeOfIssue)).toEqual([2, 1, 1]);
  expect(exitCodeOfIssue(run(order, []))).toBe(2);
  expect(exitCodeOfIssue(run(order, [toAttach, blocked]))).toBe(1);
  expect(exitCodeOfIssue(run({ kind: "found", why: "" }, [left]))).toBe(0);
  expect(exitCodeOfIssue(run({ kind: "found", why: "" }, [toAttach]))).toBe(2);
  const done = { planned: toAttach, outcome: { result: "attached" as const, warnings: [] } };
  expect(exitCodeOfIssue(run(order, [toAttach], { outcome, attachments: [done] }))).toBe(0);
  const failures = [{ service: "acm", error: { code: "aws_denied" as const, message: "no" } }];
  const estate = { scannedAt: now, failures };
  expect(exitCodeOfAttachments({ applied: false, estate, reports: [{ planned: left }] })).toBe(1);
});

const waivers = [
  {
    ...{ rule: "policy/wildcard-not-allowed", names: ["*.example.gov"], owner: "web", reason: "old <b>phones</b>" },
    ...{ until: "2999-01-01", text: "policy/wildcard-not-allowed for *.example.gov: waived by web: old <b>phones</b>" },
  },
];
const waiverCase = {
  ...{ classname: "policy", name: "waiver of policy/wildcard-not-allowed for *.example.gov" },
  ...{ result: "skipped", message: waivers[0]?.text },
};
const failures = [
  { service: "acm", region: "us-east-1", error: { code: "aws_denied" as const, message: "no <right>" } },
];

test("JUnit of issue: the certificate, each listener, the waivers, and what could not be looked at", () => {
  const app = { classname: "certificate", name: "app.example.gov" };
  const [atWeb, atShop] = [web, shop].map(({ id, name }) => ({ classname: id, name }));
  expect(readJunit(toIssueJunit({ ...dry, waivers, estate: { scannedAt: now, failures } }))).toEqual({
    suite: "manage-certs issue",
    cases: [
      { ...app, result: "skipped", message: "to do: by le, for app.example.gov" },
      { ...atWeb, result: "skipped", message: "to do: clients that send app.example.gov get it" },
      waiverCase,
      { classname: "scan", name: "us-east-1 acm", result: "error", type: "aws_denied", message: "no <right>" },
    ],
  });
  expect(readJunit(toIssueJunit(applied)).cases).toEqual([
    { ...app, result: "passed" },
    {
      ...{ ...atWeb, result: "failure", type: "handshake_failed" },
      ...{ message: "not served; web:443 is what it was", more: "see" },
    },
    { ...atShop, result: "skipped", message: "not begun, nothing was changed there" },
  ]);
  expect(readJunit(toIssueJunit(refused)).cases).toMatchObject([
    { ...app, result: "failure", type: "dns_zone_not_found", message: "no zone", more: "add it" },
    { ...atShop, result: "failure", type: "certificate_unusable" },
  ]);
  const unready = run(order, [toAttach], {
    attachments: [{ planned: toAttach, error: new AppError("network", "no") }],
  });
  expect(readJunit(toIssueJunit(unready)).cases).toMatchObject([
    { ...app, result: "skipped", message: "not begun, nothing was ordered" },
    { ...atWeb, result: "failure", type: "network" },
  ]);
});

test("Markdown of issue: a table of the certificate, one of the listeners, and the waivers above", () => {
  expect(readMarkdown(toIssueMarkdown({ ...dry, waivers, estate: { scannedAt: now, failures } }))).toEqual({
    headings: ["manage-certs issue (dry run)"],
    lines: ["not looked at: us-east-1 acm: no <right>", `waiver: ${waivers[0]?.text}`],
    tables: [
      [
        ["Certificate", "Names", "To do"],
        ["app.example.gov", "app.example.gov", "order: by le, for app.example.gov"],
      ],
      [
        ["Listener", "Role", "To do"],
        ["web:443", "sni", "attach: clients that send app.example.gov get it; look out"],
      ],
    ],
  });
  expect(readMarkdown(toIssueMarkdown(applied)).tables).toEqual([
    [
      ["Certificate", "Names", "Result"],
      ["app.example.gov", "app.example.gov", `found as ${arn}, good until 2026-08-30; mind this`],
    ],
    [
      ["Listener", "Role", "Result"],
      ["web:443", "sni", "failed: not served; web:443 is what it was (handshake_failed)"],
      ["shop:443", "sni", "not begun, nothing was changed there"],
    ],
  ]);
  expect(readMarkdown(toIssueMarkdown(refused)).tables[0]?.[1]?.[2]).toBe("blocked: no zone (dns_zone_not_found)");
});

test("attach tells the same of its listeners", () => {
  const attachments = [{ planned: toAttach, outcome: { result: "attached" as const, warnings: ["mind this"] } }];
  const given = { ...applied, certificate: certificate("app"), reports: attachments, waivers };
  expect(readJunit(toAttachmentsJunit(given))).toEqual({
    suite: "manage-certs attach",
    cases: [{ classname: web.id, name: "web:443", result: "passed" }, waiverCase],
  });
  expect(readMarkdown(toAttachmentsMarkdown(given))).toEqual({
    headings: ["manage-certs attach"],
    lines: [`app.example.gov (${arn})`, `waiver: ${waivers[0]?.text}`],
    tables: [
      [
        ["Listener", "Role", "Result"],
        ["web:443", "sni", "attached; mind this"],
      ],
    ],
  });
});
