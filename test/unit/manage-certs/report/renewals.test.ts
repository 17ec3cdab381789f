import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { RenewalAction } from "../../../../src/manage-certs/renew/renewal-plan";
import type { RenewalReport } from "../../../../src/manage-certs/renew/run-renewals";
import { toJunit } from "../../../../src/manage-certs/report/junit";
import { toMarkdown } from "../../../../src/manage-certs/report/markdown";
import {
  exitCodeOfRenewals,
  toRenewalsDocument,
  type RenewalsRun,
} from "../../../../src/manage-certs/report/renewals-document";
import { renewalsDocumentShape } from "../../../../src/manage-certs/report/renewals-document-shape";
import { appliedText, plannedText } from "../../../../src/manage-certs/report/renewals-text";
import { AppError } from "../../../../src/platform/errors";
import { bigEstate, sharedEstate } from "../../../support/scanned-estate";

const [first, second, third, fourth] = bigEstate.certificates;
const attachmentsOf = (arn = "") => bigEstate.attachments.filter(({ certificateArn }) => certificateArn === arn);

function report(
  certificate: typeof first,
  action: RenewalAction,
  more: Pick<RenewalReport, "outcome" | "error"> = {},
): RenewalReport {
  if (certificate === undefined) throw new Error("the estate is smaller than it was");
  return { planned: { certificate, attachments: attachmentsOf(certificate.arn), action }, ...more };
}

const issuer = { name: "le", directoryUrl: "https://ca.test/directory" };
const renew: RenewalAction = { kind: "renew", why: "little of its life is left", issuer, keyAlgorithm: "RSA_2048" };
const blocked: RenewalAction = {
  kind: "blocked",
  code: "dns_zone_not_found",
  why: "no zone for <b>|x|",
  hint: "add it",
};
const refused = new AppError("handshake_failed", "serial 1 is not served everywhere", { hint: "look there" });
const notAfter = new Date("2027-02-20T00:00:00Z");

const dry: RenewalsRun = {
  applied: false,
  estate: { ...bigEstate, failures: [] },
  reports: [report(first, renew), report(second, blocked), report(third, { kind: "left", why: "ACM renews it" })],
};

const applied: RenewalsRun = {
  ...dry,
  applied: true,
  reports: [
    report(first, renew, { outcome: { result: "renewed", arn: first?.arn ?? "", notAfter, warnings: ["look out"] } }),
    report(second, blocked, { error: new AppError("dns_zone_not_found", "no zone for <b>|x|", { hint: "add it" }) }),
    report(third, { kind: "left", why: "ACM renews it" }),
    report(fourth, renew, { error: refused }),
  ],
};

const failing = {
  ...dry,
  reports: [],
  estate: {
    ...bigEstate,
    failures: [{ service: "acm", region: "eu-west-1", error: { code: "aws_denied" as const, message: "no" } }],
  },
};

test.each([
  ["a dry run", dry],
  ["a run", applied],
  ["a scan that failed in part", failing],
])("%s as JSON is of the published form", (_, run) => {
  const document = toRenewalsDocument(run);
  expect(renewalsDocumentShape.parse(document)).toEqual(document);
});

test("docs/reference/schemas/renew.schema.json is that form", () => {
  const file = join(__dirname, "../../../../docs/reference/schemas/renew.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(renewalsDocumentShape));
});

test("exit codes: the worst wins", () => {
  const only = (run: RenewalsRun, ...at: readonly number[]) => ({
    ...run,
    reports: at.flatMap((n) => run.reports[n] ?? []),
  });
  expect(exitCodeOfRenewals(dry)).toBe(1);
  expect(exitCodeOfRenewals(only(dry, 0, 2))).toBe(2);
  expect(exitCodeOfRenewals(only(dry, 2))).toBe(0);
  expect(exitCodeOfRenewals(applied)).toBe(1);
  expect(exitCodeOfRenewals(only(applied, 0, 2))).toBe(0);
  expect(exitCodeOfRenewals(failing)).toBe(1);
});

test("a dry run for people", () => {
  const lines = plannedText(dry).split("\n");
  expect(lines[0]).toMatch(/^ENDS +NAME +WHAT +WHY +SERVED AT$/);
  expect(lines[1]).toContain("renew by le");
  expect(lines.slice(-4)).toEqual([
    "",
    "1 certificate to do, 1 blocked, 1 left alone",
    "nothing was changed: --apply does it",
    "",
  ]);
  expect(lines).toContainEqual(expect.stringMatching(/^hint: .*: add it$/));
});

test("whose a certificate is, in a dry run and in its JSON", () => {
  const over = sharedEstate.certificates.find(({ team }) => team?.name === "Payments");
  const run = { ...dry, reports: [report(first, renew), report(over, renew)] };
  const lines = plannedText(run).split("\n");
  expect(lines[0]).toMatch(/^ENDS +NAME +WHAT +WHY +TEAM +SERVED AT$/);
  expect(lines[2]).toMatch(/ {2}Payments {2}web:443 \(SNI\)$/);
  const document = toRenewalsDocument(run);
  expect(renewalsDocumentShape.parse(document)).toEqual(document);
  expect(document.certificates.map(({ team }) => team)).toEqual([
    undefined,
    { name: "Payments", contact: "pay@example.gov" },
  ]);
});

test("a run for people", () => {
  const lines = appliedText(applied).split("\n");
  expect(lines).toEqual([
    expect.stringMatching(/^ok .*: renewed, good until 2027-02-20$/),
    " ! look out",
    expect.stringMatching(/^!! .*: no zone for <b>\|x\| \[dns_zone_not_found\]$/),
    "     add it",
    expect.stringMatching(/^!! .*: serial 1 is not served everywhere \[handshake_failed\]$/),
    "     look there",
    "",
    "1 done, 2 failed, 1 left alone",
    "",
  ]);
});

test("JUnit: what is to do is skipped, what failed is a failure, and text of others stays text", () => {
  expect(toJunit(dry)).toContain('<testsuites tests="2" failures="1" errors="0" skipped="1">');
  const xml = toJunit(applied);
  expect(xml).toContain('<testsuites tests="3" failures="2" errors="0" skipped="0">');
  expect(xml).toContain('<failure type="dns_zone_not_found" message="no zone for &lt;b&gt;|x|">add it</failure>');
  expect(toJunit(failing)).toContain('<error type="aws_denied" message="no"/>');
});

test("Markdown: a row for each, and text of others is no markup", () => {
  expect(toMarkdown(dry)).toContain("## manage-certs renew (dry run)");
  const page = toMarkdown(applied);
  expect(page).toContain("failed: no zone for \\<b\\>\\|x\\| (dns\\_zone\\_not\\_found)");
  expect(page).toContain("| renewed; look out |");
  expect(toMarkdown(failing)).toContain("- not looked at: eu-west-1 acm: no");
});
