import { gauge } from "../../platform/report/gauge";
import { certificateRules } from "../detect/watched-certificate";
import { allGuards } from "../guards/all-guards";
import type { RunDocument } from "./run-document-shape";

type Result = RunDocument["stacks"][number];

/** A run as metrics; docs/reference/metrics.md has them all. */
export function toMetrics({ at, exitCode, stacks }: Pick<RunDocument, "at" | "exitCode" | "stacks">): string {
  const perStack = (value: (result: Result) => number) =>
    stacks.map((result) => ({ labels: { stack: result.name }, value: value(result) }));
  // A series that is not there cannot go back to zero: every rule has its samples.
  const findings = stacks.flatMap(({ name, findings: all }) =>
    allGuards.map(({ id }) => ({
      labels: { stack: name, rule: id },
      value: all.filter(({ rule }) => rule === id).length,
    })),
  );
  return [
    gauge("drift_check_run_timestamp_seconds", "when the last run began", [{ value: Date.parse(at) / 1000 }]),
    gauge("drift_check_run_exit_code", "what the last run came to, as its exit code", [{ value: exitCode }]),
    gauge(
      "drift_check_stack_exit_code",
      "what a stack came to, as its exit code",
      perStack((result) => result.exitCode),
    ),
    gauge(
      "drift_check_stack_changes",
      "changes of its plan",
      perStack(({ changes }) => changes.length),
    ),
    gauge(
      "drift_check_stack_applied",
      "1 where the plan was applied",
      perStack(({ applied }) => Number(applied)),
    ),
    gauge(
      "drift_check_stack_seconds",
      "how long it took",
      perStack(({ seconds }) => seconds),
    ),
    gauge("drift_check_findings", "what stands in the way of its plan, by rule", findings),
    ...certificateMetrics(stacks),
  ].join("");
}

function certificateMetrics(stacks: readonly Result[]): string[] {
  const all = stacks.flatMap(({ name, certificates = [] }) =>
    certificates.map((certificate) => ({
      labels: { stack: name, certificate: certificate.address },
      certificate,
    })),
  );
  const ends = all.flatMap(({ labels, certificate: { notAfter } }) =>
    (["state", "acm", "wire"] as const).flatMap((source) => {
      const end = notAfter[source];
      return end === undefined ? [] : [{ labels: { ...labels, source }, value: Date.parse(end) / 1000 }];
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
