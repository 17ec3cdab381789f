import { toJunit } from "../../../../src/drift/report/junit";
import { toMarkdown } from "../../../../src/drift/report/markdown";
import { toMetrics } from "../../../../src/drift/report/metrics";
import { toRunDocument } from "../../../../src/drift/report/run-document";
import { toText } from "../../../../src/drift/report/text";
import { exitCodeOfRun, type StackReport } from "../../../../src/drift/run/stack-report";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const checksum = "d71b6b21419b40cebb2e35f644cffd9c8a4ff79c1668bbb0066b7b37dc31767e";

test("for people: a line for each stack, then what is in the way and the way out", () => {
  expect(toText(manyOutcomes).split("\n")).toEqual([
    "STACK  OUTCOME                       PLAN       CHECKSUM",
    "api    applied                       1 change   d71b6b21419b",
    "blog   nothing to do",
    "cdn    needs approval                2 changes  d71b6b21419b",
    "dns    forbidden                     1 change   d71b6b21419b",
    "edge   safe, not applied             1 change   d71b6b21419b",
    "ftp    failed: init",
    "git    applied, then failed: verify  1 change   d71b6b21419b",
    "",
    "api",
    "  ok unexpired_certificate.web: serial 00b9dd in 1 handshake",
    "",
    "cdn",
    "  ?? only-renewals (needs-approval)",
    "     aws_lb.front: a renewal does not change aws_lb",
    "     output a: a renewal does not change aws_lb",
    "     look at the plan and approve it",
    `  to approve: drift-check approve cdn --checksum ${checksum}`,
    "",
    "dns",
    "  !! keeps-certificates (forbidden)",
    "     unexpired_certificate.<b>|x|: it is to be destroyed (unexpired_certificate)",
    "     if it is meant to go, apply the plan yourself with terraform",
    "  ?? only-renewals (needs-approval)",
    "     aws_lb.front: a renewal does not change aws_lb",
    "     look at the plan and approve it",
    "",
    "ftp",
    "  !! terraform init ended with 1: no network [terraform_failed]",
    "     run it yourself",
    "",
    "git",
    "  !! the renewal was applied, and is not served everywhere [handshake_failed]",
    "",
  ]);
  expect(toText({ ...manyOutcomes, applies: false })).toContain("nothing was changed: --apply does what is safe");
});

test("what was approved and applied has nothing in its way any more", () => {
  const [cdn] = manyOutcomes.reports.filter(({ stack }) => stack.name === "cdn");
  const approvedBy = { who: "github:octocat", reason: "the front end moves" };
  const reports = [{ ...(cdn as StackReport), isApplied: true, approveWith: undefined, approvedBy }];
  const run = { ...manyOutcomes, reports };
  expect(toText(run).split("\n")).toEqual([
    "STACK  OUTCOME               PLAN       CHECKSUM",
    "cdn    applied, as approved  2 changes  d71b6b21419b",
    "",
    "cdn",
    "  ok approved by github:octocat: the front end moves",
    "",
  ]);
  expect(toMarkdown(run)).toContain("| cdn | applied, as approved | 2 changes | approved by github:octocat: ");
  expect(toMarkdown(run)).not.toMatch(/only-renewals|To approve/);
  expect(toJunit(run)).toContain('failures="0"');
  expect(exitCodeOfRun(reports)).toBe(0);
});

test("in Markdown nothing of others becomes markup", () => {
  const text = toMarkdown(manyOutcomes);
  expect(text).toContain(
    "| cdn | needs approval | 2 changes | aws\\_lb.front: a renewal does not change aws\\_lb (and 1 more) |",
  );
  expect(text).toContain("unexpired\\_certificate.\\<b\\>\\|x\\|");
  expect(text).toContain("- only-renewals: look at the plan and approve it");
  expect(text).toContain(`drift-check approve cdn --checksum ${checksum}\n`);
});

test("for CI systems: what fails, what is left to do, and what is in the way", () => {
  const xml = toJunit(manyOutcomes);
  expect(xml).toContain('<testsuites tests="8" failures="2" errors="2" skipped="1">');
  expect(xml).toContain('<testcase classname="/infra/blog" name="blog"/>');
  expect(xml).toContain('<error type="terraform_failed" message="terraform init ended with 1: no network">');
  expect(xml).toContain('<failure type="keeps-certificates" message="unexpired_certificate.&lt;b&gt;|x|:');
});

test("for Prometheus: every stack, and every guard of each", () => {
  const lines = toMetrics(toRunDocument(manyOutcomes)).split("\n");
  expect(lines).toContain("drift_check_run_exit_code 1");
  expect(lines).toContain('drift_check_stack_exit_code{stack="dns"} 4');
  expect(lines).toContain('drift_check_stack_applied{stack="git"} 1');
  expect(lines).toContain('drift_check_stack_seconds{stack="api"} 2.5');
  expect(lines).toContain('drift_check_findings{stack="cdn",rule="only-renewals"} 2');
  expect(lines).toContain('drift_check_findings{stack="blog",rule="only-renewals"} 0');
});
