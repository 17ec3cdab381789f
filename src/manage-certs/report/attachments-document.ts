import type { ReportedWaiver } from "../../policy/reported-waiver";
import type { AttachmentReport } from "../attach/run-attachments";
import type { Estate, ScannedCertificate } from "../scan/estate";
import type { AttachmentsDocument } from "./attachments-document-shape";

/** A run, or a dry run, of `manage-certs attach`. */
export interface AttachmentsRun {
  readonly applied: boolean;
  readonly estate: Pick<Estate, "scannedAt" | "failures">;
  readonly certificate: ScannedCertificate;
  readonly reports: readonly AttachmentReport[];
  /** Of the policy, in force. @default none */
  readonly waivers?: readonly ReportedWaiver[];
}

/** A run in its published form. */
export function toAttachmentsDocument({
  applied,
  estate,
  certificate,
  reports,
  waivers = [],
}: AttachmentsRun): AttachmentsDocument {
  const document = {
    ...{ version: 1, applied, at: estate.scannedAt },
    certificate: toCertificate(certificate),
    listeners: reports.map(toListener),
    failures: estate.failures,
    waivers,
  };
  return JSON.parse(JSON.stringify(document)) as AttachmentsDocument;
}

/** One that is not there yet has no ARN and no end. */
export function toCertificate({ arn, accountId, region, names, keyAlgorithm, notAfter }: ScannedCertificate) {
  const known = arn === "" ? {} : { arn, notAfter };
  return { accountId, region, names, keyAlgorithm, ...known };
}

export function toListener({ planned: { point, role, action, notes, findings }, outcome, error }: AttachmentReport) {
  const blocked = action.kind === "blocked" ? { code: action.code, message: action.why, hint: action.hint } : undefined;
  return {
    ...{ name: point.name, id: point.id, role, action: action.kind, why: action.why, notes, outcome, policy: findings },
    error: error ? { code: error.code, message: error.message, hint: error.hint } : blocked,
  };
}

/** Exit code of a run (docs/overview.md, "Decisions" 9): the worst wins, in the order 1, 2, 0. */
export function exitCodeOfAttachments({ applied, estate, reports }: Omit<AttachmentsRun, "certificate">): 0 | 1 | 2 {
  const isWrong = reports.some(({ planned, error }) => planned.action.kind === "blocked" || error !== undefined);
  if (isWrong || estate.failures.length > 0) return 1;
  return !applied && reports.some(({ planned }) => planned.action.kind === "attach") ? 2 : 0;
}
