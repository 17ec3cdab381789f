import type { Judged } from "../../issuance/record-policy";
import { toldFindings, type EnforcedPolicy } from "../../policy/told-finding";
import type { PlannedAttachment } from "../attach/attachment-plan";
import type { ScannedCertificate } from "../scan/estate";
import { denialOf, toldOnly } from "./denial-of";
import { placeOfPoint } from "./place-of-point";

/** Blocks what the policy denies; what it waives or tells is a note. What is there already stays. */
export function holdAttachments(
  { names }: Pick<ScannedCertificate, "names">,
  planned: readonly PlannedAttachment[],
  enforced: EnforcedPolicy | undefined,
  at: Date,
): readonly PlannedAttachment[] {
  if (enforced === undefined || names.length === 0) return planned;
  return planned.map((each) => {
    if (each.action.kind !== "attach") return each;
    const findings = toldFindings(enforced, { kind: "attachment", names, ...placeOfPoint(each.point), at });
    const notes = [...each.notes, ...toldOnly(findings)];
    return { ...each, findings, notes, action: denialOf(findings) ?? each.action };
  });
}

export function judgedAttachments(
  { names, arn }: Pick<ScannedCertificate, "names" | "arn">,
  planned: readonly PlannedAttachment[],
): Judged[] {
  return planned.map(({ point: { id, accountId, region }, findings = [] }) => ({
    subject: { names, ...(arn !== "" && { certificateArn: arn }), attachment: id, account: accountId, region },
    findings,
  }));
}
