import { gauge } from "../../platform/report/gauge";
import { certificateRules } from "../detect/watched-certificate";
import { allGuards } from "../guards/all-guards";
import type { DriftRun } from "../run/run-stacks";
import { exitCodeOfRun, exitCodeOfStack } from "../run/stack-report";

/** A run as metrics; docs/reference/drift-check.md has them all. */
export function toMetrics({ startedAt, reports }: DriftRun): string {
  const perStack = (value: (report: DriftRun["reports"][number]) => number) =>
    reports.map((report) => ({ labels: { stack: report.stack.name }, value: value(report) }));
  // A series that is not there cannot go back to zero: every rule has its samples.
  const findings = reports.flatMap(({ stack, findings: all }) =>
    allGuards.map(({ id }) => ({
      labels: { stack: stack.name, rule: id },
      value: all.filter(({ rule }) => rule === id).length,
    })),
  );
  return [
    gauge("drift_check_run_timestamp_seconds", "when the last run began", [{ value: startedAt.getTime() / 1000 }]),
    gauge("drift_check_run_exit_code", "what the last run came to, as its exit code", [
      { value: exitCodeOfRun(reports) },
    ]),
    gauge("drift_check_stack_exit_code", "what a stack came to, as its exit code", perStack(exitCodeOfStack)),
    gauge(
      "drift_check_stack_changes",
      "changes of its plan",
      perStack(({ changes }) => changes.length),
    ),
    gauge(
      "drift_check_stack_applied",
      "1 where the plan was applied",
      perStack(({ isApplied }) => Number(isApplied)),
    ),
    gauge(
      "drift_check_stack_seconds",
      "how long it took",
      perStack(({ startedAt: begin, endedAt }) => (endedAt.getTime() - begin.getTime()) / 1000),
    ),
    gauge("drift_check_findings", "what stands in the way of its plan, by rule", findings),
    ...certificateMetrics(reports),
  ].join("");
}

function certificateMetrics(reports: DriftRun["reports"]): string[] {
  const all = reports.flatMap(({ stack, certificates = [] }) =>
    certificates.map((certificate) => ({
      labels: { stack: stack.name, certificate: certificate.address },
      certificate,
    })),
  );
  const ends = all.flatMap(({ labels, certificate: { notAfter } }) =>
    (["state", "acm", "wire"] as const).flatMap((source) => {
      const end = notAfter[source];
      return end === undefined ? [] : [{ labels: { ...labels, source }, value: end.getTime() / 1000 }];
    }),
  );
  const findings = all.flatMap(({ labels, certificate }) =>
    certificateRules.map((rule) => ({
      labels: { ...labels, rule },
      value: certificate.findings.filter((finding) => finding.rule === rule).length,
    })),
  );
  return [
    gauge("drift_check_certificate_not_after_timestamp_seconds", "when a certificate ends, by who says so", ends),
    gauge("drift_check_certificate_findings", "what is wrong with a certificate, or was not seen, by rule", findings),
  ];
}
