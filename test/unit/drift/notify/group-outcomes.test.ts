import { groupOutcomes } from "../../../../src/drift/notify/group-outcomes";
import { subjectKind } from "../../../../src/drift/notify/subject-kind";
import type { DriftRun } from "../../../../src/drift/run/run-stacks";
import { AppError } from "../../../../src/platform/errors";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const plain = (text: string) => text;
const named = (name: string) => {
  const found = manyOutcomes.reports.find(({ stack }) => stack.name === name);
  if (found === undefined) throw new Error(`no stack ${name}`);
  return found;
};

/** Reports of a run, the same one for stacks of other names. */
const run = (...reports: readonly DriftRun["reports"][number][]): DriftRun => ({ ...manyOutcomes, reports });
const called = (name: string, of: string) => ({ ...named(of), stack: { name, folder: `/infra/${name}` } });

test("a notice for each cause, with what to do; nothing of stacks that have nothing to do", () => {
  const told = groupOutcomes(manyOutcomes, plain).map(({ kind, title, stacks }) => [
    kind,
    title,
    ...stacks.map(({ name, subject, message, more }) => `${name}: ${subject}: ${message} +${more}`),
  ]);
  expect(told).toEqual([
    ["applied", "1 stack renewed", "api: unexpired_certificate.web: it was applied, and seen in 1 handshake +0"],
    [
      "needs-approval",
      "1 stack needs approval: only-renewals (aws_lb)",
      "cdn: aws_lb.front: a renewal does not change aws_lb +1",
    ],
    [
      "forbidden",
      "1 stack is held back: keeps-certificates (unexpired_certificate.<b>|x|)",
      "dns: unexpired_certificate.<b>|x|: it is to be destroyed (unexpired_certificate) +1",
    ],
    ["safe", "1 stack is due, and not applied", "edge: unexpired_certificate.web: its renewal is due +0"],
    ["failed", "1 stack failed: terraform_failed (init)", "ftp: init: terraform init ended with 1: no network +0"],
    [
      "failed",
      "1 stack failed: handshake_failed (verify)",
      "git: verify: it was applied, then: the renewal was applied, and is not served everywhere +0",
    ],
  ]);
});

test("the same cause in many stacks is one notice, with the command for each", () => {
  const [notice, ...others] = groupOutcomes(run(called("b", "cdn"), called("a", "cdn")), plain);
  expect(others).toEqual([]);
  expect(notice?.title).toBe("2 stacks need approval: only-renewals (aws_lb)");
  expect(notice?.stacks.map(({ name, command }) => [name, command])).toEqual([
    ["a", named("cdn").approveWith],
    ["b", named("cdn").approveWith],
  ]);
});

test("commands are for a shell", () => {
  const typed = { ...named("edge"), stack: { name: "a", folder: "/infra/a", typedAs: "./a's" } };
  const [notice] = groupOutcomes(run(called("b b", "edge"), typed), plain);
  expect(notice?.stacks.map(({ command }) => command)).toEqual([
    "drift-check run './a'\\''s' --apply",
    "drift-check run 'b b' --apply",
  ]);
});

test("a plan that somebody approved is told as that", () => {
  const approved = { ...named("cdn"), isApplied: true, approvedBy: { who: "github:octocat", reason: "a new port" } };
  const [notice, ...others] = groupOutcomes(run(approved), plain);
  expect(others).toEqual([]);
  expect(notice).toMatchObject({ kind: "applied", cause: "approval", title: "1 stack changed, as approved" });
  expect(notice?.stacks[0]?.message).toBe("it was applied, approved by github:octocat: a new port");
});

test("a plan that waits is told beside a failure that does not end the waiting", () => {
  const error = new AppError("handshake_failed", "the renewal was missed");
  const both = { ...named("cdn"), failure: { step: "certificates" as const, error } };
  expect(groupOutcomes(run(both), plain).map(({ kind, cause }) => [kind, cause])).toEqual([
    ["failed", "handshake_failed"],
    ["needs-approval", "only-renewals"],
  ]);
  const applied = { ...both, isApplied: true };
  expect(groupOutcomes(run(applied), plain).map(({ kind }) => kind)).toEqual(["failed"]);
});

test("a stack that was stopped is nobody's business", () => {
  const stopped = { ...named("ftp"), failure: { step: "plan" as const, error: new AppError("aborted", "stopped") } };
  expect(groupOutcomes(run(stopped), plain)).toEqual([]);
});

test("what comes from elsewhere is cut, and asked for secrets", () => {
  const message = `the token hunter-2-hunter is wrong ${"very ".repeat(100)}`;
  const failed = {
    ...named("ftp"),
    failure: { step: "plan" as const, error: new AppError("terraform_failed", message) },
  };
  const [notice] = groupOutcomes(run(failed), (text) => text.replaceAll("hunter-2-hunter", "[redacted]"));
  expect(notice?.stacks[0]?.message).toMatch(/^the token \[redacted\] is wrong .{200,} …$/);
  expect(JSON.stringify(notice)).not.toContain("hunter");
});

test.each([
  ["aws_lb.front", "aws_lb"],
  ['module.web["a.b"].module.inner[0].aws_lb.front["x]y"]', "aws_lb"],
  ["data.aws_lb.front", "data.aws_lb"],
  ["output serial", "output"],
  ["the plan", "the plan"],
  ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/hashicorp/aws"],
])("%s is about %s", (subject, kind) => {
  expect(subjectKind(subject)).toBe(kind);
});
