import type { Judged } from "../../issuance/record-policy";
import { toldFindings, type AskedRequest, type EnforcedPolicy } from "../../policy/told-finding";
import type { PlannedRevocation } from "../revoke/revocation-plan";
import { denialOf } from "./denial-of";

/** Blocks revocations, and replacements before them, that the policy denies. What an earlier run began is brought to its end. */
export function holdRevocations(
  planned: readonly PlannedRevocation[],
  enforced: EnforcedPolicy | undefined,
  at: Date,
): readonly PlannedRevocation[] {
  if (enforced === undefined) return planned;
  return planned.map((each) => {
    const findings = toldFindings(enforced, ...requestsOf(each, at));
    return findings.length === 0 ? each : { ...each, findings, action: denialOf(findings) ?? each.action };
  });
}

export function judgedRevocations(planned: readonly PlannedRevocation[]): Judged[] {
  return planned.map(({ arn, names, findings = [] }) => ({ subject: { names, certificateArn: arn }, findings }));
}

function requestsOf({ names, action }: PlannedRevocation, at: Date): AskedRequest[] {
  if (names.length === 0 || (action.kind !== "revoke" && action.kind !== "replace")) return [];
  const urgency = action.what.reason === "keyCompromise" ? "compromise" : "routine";
  const asked = { kind: "action", names, at, urgency } as const;
  const revoke: AskedRequest = { ...asked, action: "revoke" };
  if (action.kind === "revoke") return [revoke];
  const replace: AskedRequest = { ...asked, action: "replace" };
  const order = action.renewal.action;
  // with its key in wrong hands it must not stay because its successor could be a better one
  if (order.kind !== "renew" || urgency === "compromise") return [replace, revoke];
  const { directoryUrl, profile } = order.issuer;
  const issuer = { kind: "acme", directoryUrl, profile } as const;
  return [{ kind: "certificate", names, at, keyAlgorithm: order.keyAlgorithm, issuer }, replace, revoke];
}
