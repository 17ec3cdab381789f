import type { LedgerSubject } from "../../ledger/ledger-entry";
import { toldFindings, type AskedRequest, type EnforcedPolicy, type ToldFinding } from "../../policy/told-finding";
import type { Plan } from "../plan/plan";
import { askedOfAttachments } from "./asked-of-attachments";
import { askedOfCertificates } from "./asked-of-certificates";

/** What a policy is asked about one resource that a plan changes. */
export interface AskedOfPlan {
  readonly address: string;
  /** For the ledger. */
  readonly subject: LedgerSubject;
  readonly requests: readonly AskedRequest[];
}

/** What the policy says of one resource, each thing once. */
export interface JudgedResource extends Omit<AskedOfPlan, "requests"> {
  readonly findings: readonly ToldFinding[];
}

/** Certificates and attachments that a plan changes; what stays as it is does not hold a renewal back. Pure. */
export function judgeByPolicy(plan: Plan, policy: EnforcedPolicy, now: Date): JudgedResource[] {
  return [...askedOfCertificates(plan, now), ...askedOfAttachments(plan, now)].map(
    ({ address, subject, requests }) => ({ address, subject, findings: toldFindings(policy, ...requests) }),
  );
}
