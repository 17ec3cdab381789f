import { toJunit } from "../../../../src/drift/report/junit";
import { toMarkdown } from "../../../../src/drift/report/markdown";
import { toMetrics } from "../../../../src/drift/report/metrics";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { toText } from "../../../../src/drift/report/text";
import type { DriftRun } from "../../../../src/drift/run/run-stacks";
import type { CertificateFinding } from "../../../../src/drift/detect/watched-certificate";
import { certificatesError } from "../../../../src/drift/detect/certificates-error";
import { AppError } from "../../../../src/platform/errors";
import { watched } from "../../../support/drift/watched";

const missed: CertificateFinding = {
  rule: "renewal-missed",
  level: "error",
  message: "its renewal is due, and the plan does not renew it",
  wayOut: "apply the stack",
};
const unseen = (what: string): CertificateFinding => ({
  ...{ rule: "not-seen", level: "unseen", message: `${what} was not seen`, wayOut: "look" },
});

/** A plan without changes, one certificate whose renewal was missed, and one that was not seen on the wire. */
function runWith(): DriftRun {
  const certificates = [
    watched({ findings: [unseen("ACM"), missed] }),
    watched({
      address: "unexpired_certificate.api",
      findings: [unseen("aws_lb_listener.a"), unseen("aws_lb_listener.b")],
      notAfter: { state: new Date("2027-01-01T00:00:00Z") },
    }),
  ];
  const at = new Date("2026-11-22T06:17:00.000Z");
  const error = certificatesError(certificates) ?? new AppError("internal", "none");
  const nothing = { findings: [], changes: [], isApplied: false, served: [], verdict: "no-op" } as const;
  const stack = { name: "web", folder: "/infra/web" };
  const failure = { step: "certificates", error } as const;
  return {
    applies: true,
    startedAt: at,
    reports: [{ stack, startedAt: at, endedAt: at, ...nothing, certificates, failure }],
  };
}

test("for people: what is wrong once, and that something was not seen", () => {
  expect(toText(runWith()).split("\n")).toEqual([
    "STACK  OUTCOME               PLAN  CHECKSUM",
    "web    failed: certificates",
    "",
    "web",
    "  !! renewal-missed",
    "     unexpired_certificate.web: its renewal is due, and the plan does not renew it",
    "     apply the stack",
    "  -- ACM was not seen (and 2 more)",
    "",
  ]);
});

test("in Markdown a row for each certificate, the first to end first, with the worst of it", () => {
  const rows = toMarkdown(runWith())
    .split("\n")
    .filter((line) => line.startsWith("| web | unexpired"));
  expect(rows).toEqual([
    "| web | unexpired\\_certificate.api | 2027-01-01 |  |  | not-due | not-seen: aws\\_lb\\_listener.a was not seen |",
    "| web | unexpired\\_certificate.web | 2027-02-10 | 2027-02-10 | 2027-02-10 | not-due | renewal-missed: its renewal is due, and the plan does not renew it |",
  ]);
});

test("for CI systems a case for each certificate; what was not seen has not passed", () => {
  const xml = toJunit(runWith());
  expect(xml).toContain('<testsuites tests="3" failures="1" errors="1" skipped="1">');
  expect(xml).toContain('<error type="renewal_missed"');
  expect(xml).toContain('name="web unexpired_certificate.web"><failure type="renewal-missed"');
  expect(xml).toContain('name="web unexpired_certificate.api"><skipped message="aws_lb_listener.a was not seen"/>');
});

test("for Prometheus: the end by who says so, and every rule", () => {
  const lines = toMetrics(toRunDocument(runWith())).split("\n");
  const web = 'stack="web",certificate="unexpired_certificate.web"';
  const end = Date.parse("2027-02-10") / 1000;
  for (const source of ["state", "acm", "wire"])
    expect(lines).toContain(`drift_check_certificate_not_after_timestamp_seconds{${web},source="${source}"} ${end}`);
  expect(lines).toContain(`drift_check_certificate_findings{${web},rule="renewal-missed"} 1`);
  expect(lines).toContain(`drift_check_certificate_findings{${web},rule="wire-differs"} 0`);
});
