import type { Judged } from "../../issuance/record-policy";
import { toldFindings, type AskedRequest, type EnforcedPolicy } from "../../policy/told-finding";
import { urgencyOf } from "../../policy/urgency-of";
import type { PlannedRenewal } from "../renew/renewal-plan";
import { denialOf } from "./denial-of";

/** Blocks what the policy denies before anything is changed; of the others says what it waives or tells. */
export function holdRenewals(
  planned: readonly PlannedRenewal[],
  enforced: EnforcedPolicy | undefined,
  now: Date,
): readonly PlannedRenewal[] {
  if (enforced === undefined) return planned;
  return planned.map((each) => {
    const findings = toldFindings(enforced, ...requestsOf(each, now));
    if (findings.length === 0) return each;
    return { ...each, findings, action: denialOf(findings) ?? each.action };
  });
}

export function judgedRenewals(planned: readonly PlannedRenewal[]): Judged[] {
  return planned.map(({ certificate: { arn, names, accountId, region }, findings = [] }) => ({
    subject: { names, certificateArn: arn, account: accountId, region },
    findings,
  }));
}

/** Going on with what an earlier run began is not asked again: it was allowed, and half of it is the worse state. */
function requestsOf({ certificate, action }: PlannedRenewal, at: Date): AskedRequest[] {
  const { names, renewal } = certificate;
  if (names.length === 0) return [];
  const urgency = urgencyOf(renewal, certificate, at);
  switch (action.kind) {
    case "renew": {
      const { keyAlgorithm, issuer } = action;
      const { directoryUrl, profile } = issuer;
      return [
        { kind: "certificate", names, at, keyAlgorithm, issuer: { kind: "acme", directoryUrl, profile } },
        { kind: "action", names, at, action: "renew", urgency },
      ];
    }
    case "delete":
      return [{ kind: "action", names, at, action: "delete", urgency: "routine" }];
    default:
      return [];
  }
}
