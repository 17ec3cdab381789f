import { junitSuite, type CaseOutcome } from "../../platform/report/junit-suite";
import { waiverCase } from "../../policy/waiver-case";
import type { WatchedCertificate } from "../detect/watched-certificate";
import type { DriftRun } from "../run/run-stacks";
import type { StackReport } from "../run/stack-report";
import { openFindings, reasonOf } from "./outcome-words";

/** A run as JUnit XML, a test case for each stack and each certificate. */
export function toJunit({ startedAt, reports, waivers = [] }: DriftRun): string {
  const cases = reports.flatMap((report) => {
    const { name, folder } = report.stack;
    const certificates = (report.certificates ?? []).map((certificate) => ({
      ...{ id: folder, name: `${name} ${certificate.address}`, outcome: outcomeOfCertificate(certificate) },
    }));
    return [{ id: folder, name, outcome: outcomeOf(report) }, ...certificates];
  });
  return junitSuite("drift-check run", startedAt, [...cases, ...waivers.map(waiverCase)]);
}

function outcomeOf(report: StackReport): CaseOutcome | undefined {
  const { failure, verdict, isApplied, approveWith } = report;
  if (failure !== undefined) {
    const { code, message, hint } = failure.error;
    return { state: "error", type: code, message, more: hint };
  }
  if (verdict === "safe" && !isApplied) return { state: "skipped", message: "safe, and not applied: --apply does it" };
  const findings = openFindings(report);
  const [first] = findings;
  if (first === undefined) return undefined;
  const more = findings.map(({ rule, subject, message, wayOut }) => `${rule}: ${subject}: ${message}; ${wayOut}`);
  const approval = approveWith === undefined ? [] : [`to approve: ${approveWith}`];
  return { state: "failure", type: first.rule, message: reasonOf(report), more: [...more, ...approval].join("\n") };
}

/** What nobody could look at has not passed. */
function outcomeOfCertificate({ findings }: WatchedCertificate): CaseOutcome | undefined {
  const [error] = findings.filter(({ level }) => level === "error");
  if (error !== undefined) {
    const more = findings.map(({ rule, message, wayOut }) => `${rule}: ${message}; ${wayOut}`);
    return { state: "failure", type: error.rule, message: error.message, more: more.join("\n") };
  }
  const unseen = findings.find(({ level }) => level === "unseen");
  return unseen && { state: "skipped", message: unseen.message };
}
