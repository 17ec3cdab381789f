/** What would be issued and where it would go, and what came of it, for people. */
import { date, nameOfCertificate } from "../findings/words";
import type { IssuePlan } from "../issue/issue-plan";
import { attachmentLines, attachmentTable } from "./attachments-text";
import { toldOnly } from "../policy/denial-of";
import { failed, waiverLines } from "./failed";
import type { IssueRun } from "./issue-document";

/** What would be done. */
export function plannedIssueText({ estate, report, waivers }: IssueRun): string {
  const { plan, attachments } = report;
  const planned = attachments.map((each) => each.planned);
  return [
    ...estate.failures.map(failed),
    ...headline(plan),
    ...toldOnly(plan.findings).map((text) => ` ! ${text}`),
    ...waiverLines(waivers),
    ...(planned.length > 0 ? ["", ...attachmentTable(planned)] : []),
    "",
    ...(isBlocked(report)
      ? ["nothing was changed, and nothing will be as long as something is blocked"]
      : advice(plan)),
    "",
  ].join("\n");
}

function headline({ action, request }: IssuePlan): string[] {
  const { keyAlgorithm, region, accountId } = request;
  const place = `${keyAlgorithm}, in ${region} of account ${accountId}`;
  switch (action.kind) {
    case "order":
      return [`order ${action.why} (${place})`];
    case "found":
      return [`no order: ${action.why}`];
    case "blocked":
      return [`blocked: ${action.why}`, ...(action.hint === undefined ? [] : [`hint: ${action.hint}`])];
  }
}

function isBlocked({ plan, attachments }: IssueRun["report"]): boolean {
  return [plan.action, ...attachments.map(({ planned }) => planned.action)].some(({ kind }) => kind === "blocked");
}

function advice({ action, attachments }: IssuePlan): string[] {
  const isDone = action.kind === "found" && attachments.every((each) => each.action.kind === "left");
  return [isDone ? "nothing to do" : "nothing was changed: --apply does it"];
}

/** What came of it. */
export function appliedIssueText({ estate, report, waivers }: IssueRun): string {
  const { plan, attachments } = report;
  const told = attachmentLines(attachments);
  const listeners = plan.request.points.length === 0 ? [""] : told;
  const policy = toldOnly(plan.findings).map((text) => ` ! ${text}`);
  const heads = [...estate.failures.map(failed), ...toldOfIssue(report), ...policy, ...waiverLines(waivers)];
  return [...heads, ...listeners].join("\n");
}

/** The certificate in a few lines. */
export function toldOfIssue({ plan, outcome, error }: IssueRun["report"]): string[] {
  const name = nameOfCertificate(plan.certificate);
  if (error !== undefined)
    return [`!! ${name}: ${error.message} [${error.code}]`, ...(error.hint ? [`     ${error.hint}`] : [])];
  if (outcome === undefined) return [];
  const until = outcome.notAfter ? `, good until ${date(outcome.notAfter)}` : "";
  const result = outcome.result === "issued" ? "issued" : "issued by an earlier run";
  return [`ok ${name}: ${result} as ${outcome.arn}${until}`, ...outcome.warnings.map((warning) => ` ! ${warning}`)];
}
