import type { WatchedCertificate } from "../detect/watched-certificate";
import type { DriftRun } from "../run/run-stacks";
import { exitCodeOfRun, exitCodeOfStack, type StackReport } from "../run/stack-report";
import type { RunDocument } from "./run-document-shape";

/** A run in its published form. */
export function toRunDocument({ startedAt, applies, reports, waivers }: DriftRun): RunDocument {
  const exitCode = exitCodeOfRun(reports);
  const document = { version: 1, at: startedAt, applies, exitCode, stacks: reports.map(toStack), waivers };
  return JSON.parse(JSON.stringify(document)) as RunDocument;
}

function toStack(report: StackReport) {
  const { stack, startedAt, endedAt, verdict, isApplied, failure } = report;
  const { checksum, approveWith, approvedBy, changes, findings, served } = report;
  return {
    ...{ name: stack.name, folder: stack.folder, outcome: outcomeOf(report), exitCode: exitCodeOfStack(report) },
    ...{ verdict, applied: isApplied, startedAt, seconds: (endedAt.getTime() - startedAt.getTime()) / 1000 },
    ...{ checksum, approveWith, approvedBy, changes, findings, served },
    certificates: report.certificates?.map(toCertificate),
    policy: report.policy?.map(({ address, findings: told }) => ({ address, findings: told })),
    failure: failure && {
      step: failure.step,
      code: failure.error.code,
      message: failure.error.message,
      hint: failure.error.hint,
    },
  };
}

function toCertificate({ isInPlan, sightings, ...certificate }: WatchedCertificate) {
  const told = sightings.map(({ outcome, ...where }) => {
    if (outcome.state === "unseen") return { ...where, unseen: outcome.why };
    const { serial, notAfter, refusal } = outcome;
    return { ...where, serial, notAfter, refusal };
  });
  return { ...certificate, inPlan: isInPlan, sightings: told };
}

function outcomeOf({ failure, verdict, isApplied }: StackReport): RunDocument["stacks"][number]["outcome"] {
  if (failure !== undefined || verdict === undefined) return "failed";
  return isApplied ? "applied" : verdict;
}
