import { decide } from "./decide";
import { findingText, type Finding } from "./finding";
import type { Policy } from "./policy";
import { reportedWaiver, type ReportedWaiver } from "./reported-waiver";
import type { ActionRequest, AttachmentRequest, CertificateRequest } from "./request";
import type { RuleId } from "./rules";

/** The policy that a program enforces, and on whose behalf it asks. */
export interface EnforcedPolicy {
  readonly policy: Policy;
  /** @default the owner of a certificate's names */
  readonly owner?: string;
  /** @default the owner's first */
  readonly tier?: string;
}

type Whose = "owner" | "tier";

/** A request, as programs make it that enforce a policy. */
export type AskedRequest =
  Omit<CertificateRequest, Whose> | Omit<AttachmentRequest, Whose> | Omit<ActionRequest, Whose>;

/** A finding as every program tells it: the same policy and request give the same text everywhere. */
export interface ToldFinding {
  readonly rule: RuleId;
  readonly effect: Finding["effect"];
  /** The value that is to blame. */
  readonly value: string;
  /** What is wrong, the rule and its source, the smallest fix and, of `waive`, the waiver. */
  readonly text: string;
  /** Of `waive`. */
  readonly waiver?: ReportedWaiver;
}

/**
 * What the policy has to say; empty where it has nothing against it. Of several requests about one certificate each thing
 * is told once: whose it is they all ask.
 */
export function toldFindings(enforced: EnforcedPolicy, ...requests: readonly AskedRequest[]): ToldFinding[] {
  const all = requests.flatMap((request) => toldOf(enforced, request));
  return [...new Map(all.map((finding) => [finding.text, finding])).values()];
}

function toldOf({ policy, owner, tier }: EnforcedPolicy, request: AskedRequest): ToldFinding[] {
  return decide(policy, { ...request, owner, tier }).findings.map((finding) => {
    const { rule, effect, value, waiver } = finding;
    const text = findingText(finding, policy.placeOf);
    return { rule, effect, value, text, ...(waiver && { waiver: reportedWaiver(waiver, policy.placeOf) }) };
  });
}
