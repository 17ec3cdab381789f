import type { ReportedWaiver } from "../../policy/reported-waiver";
import type { IssueReport } from "../issue/run-issue";
import type { Estate } from "../scan/estate";
import { exitCodeOfAttachments, toCertificate, toListener } from "./attachments-document";
import type { IssueDocument } from "./issue-document-shape";

/** A run, or a dry run, of `manage-certs issue`. */
export interface IssueRun {
  readonly applied: boolean;
  readonly estate: Pick<Estate, "scannedAt" | "failures">;
  readonly report: IssueReport;
  /** Of the policy, in force. @default none */
  readonly waivers?: readonly ReportedWaiver[];
}

/** A run in its published form. */
export function toIssueDocument({ applied, estate, report, waivers = [] }: IssueRun): IssueDocument {
  const { plan, outcome, error, attachments } = report;
  const { action, request } = plan;
  const blocked = action.kind === "blocked" ? { code: action.code, message: action.why, hint: action.hint } : undefined;
  const document = {
    ...{ version: 1, applied, at: estate.scannedAt },
    certificate: toCertificate(plan.certificate),
    issuance: {
      ...{ action: action.kind, why: action.why, issuer: request.issuer.name, outcome, policy: plan.findings },
      error: error ? { code: error.code, message: error.message, hint: error.hint } : blocked,
    },
    listeners: attachments.map(toListener),
    failures: estate.failures,
    waivers,
  };
  return JSON.parse(JSON.stringify(document)) as IssueDocument;
}

/** Exit code of a run (docs/overview.md, "Decisions" 9): the worst wins, in the order 1, 2, 0. */
export function exitCodeOfIssue({ applied, estate, report }: IssueRun): 0 | 1 | 2 {
  const { plan, error, attachments } = report;
  if (plan.action.kind === "blocked" || error !== undefined) return 1;
  const ofListeners = exitCodeOfAttachments({ applied, estate, reports: attachments });
  return ofListeners === 0 && !applied && plan.action.kind === "order" ? 2 : ofListeners;
}
