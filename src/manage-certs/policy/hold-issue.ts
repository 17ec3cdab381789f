import type { Judged } from "../../issuance/record-policy";
import { toldFindings, type EnforcedPolicy } from "../../policy/told-finding";
import type { IssuePlan } from "../issue/issue-plan";
import { denialOf } from "./denial-of";
import { holdAttachments, judgedAttachments } from "./hold-attachments";

/** Blocks an order, and attachments, that the policy denies. One that an earlier run has ordered was allowed. */
export function holdIssue(plan: IssuePlan, enforced: EnforcedPolicy | undefined, at: Date): IssuePlan {
  if (enforced === undefined) return plan;
  const { action, request, certificate } = plan;
  const attachments = holdAttachments(certificate, plan.attachments, enforced, at);
  if (action.kind !== "order") return { ...plan, attachments };
  const { names, keyAlgorithm, issuer } = request;
  const { directoryUrl, profile } = issuer;
  const asked = { kind: "certificate", names, at, keyAlgorithm } as const;
  const findings = toldFindings(enforced, { ...asked, issuer: { kind: "acme", directoryUrl, profile } });
  return { ...plan, attachments, findings, action: denialOf(findings) ?? action };
}

export function judgedIssue({ request, certificate, attachments, findings = [] }: IssuePlan): Judged[] {
  const { names, accountId, region } = request;
  return [{ subject: { names, account: accountId, region }, findings }, ...judgedAttachments(certificate, attachments)];
}
