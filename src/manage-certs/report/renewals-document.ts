import type { ReportedWaiver } from "../../policy/reported-waiver";
import type { RenewalReport } from "../renew/run-renewals";
import type { Estate } from "../scan/estate";
import type { RenewalsDocument } from "./renewals-document-shape";

/** A run, or a dry run, of `manage-certs renew`. */
export interface RenewalsRun {
  readonly applied: boolean;
  readonly estate: Pick<Estate, "scannedAt" | "failures">;
  readonly reports: readonly RenewalReport[];
  /** Of the policy, in force. @default none */
  readonly waivers?: readonly ReportedWaiver[];
}

/** A run in its published form. */
export function toRenewalsDocument({ applied, estate, reports, waivers = [] }: RenewalsRun): RenewalsDocument {
  const document = {
    version: 1,
    applied,
    at: estate.scannedAt,
    certificates: reports.map(({ planned: { certificate, attachments, action, findings }, outcome, error }) => {
      const { arn, accountId, region, names, notAfter, owner, team } = certificate;
      return {
        ...{ arn, accountId, region, names, notAfter, owner, team },
        servedAt: attachments.map(({ point, role }) => ({ name: point.name, role })),
        action: action.kind,
        why: action.why,
        issuer: action.kind === "renew" ? action.issuer.name : undefined,
        policy: findings,
        outcome,
        error: error && { code: error.code, message: error.message, hint: error.hint },
      };
    }),
    failures: estate.failures,
    waivers,
  };
  return JSON.parse(JSON.stringify(document)) as RenewalsDocument;
}

/** Exit code of a run (docs/overview.md, "Decisions" 9): the worst wins, in the order 1, 2, 0. */
export function exitCodeOfRenewals({ applied, estate, reports }: RenewalsRun): 0 | 1 | 2 {
  const isBlocked = reports.some(({ planned, error }) => planned.action.kind === "blocked" || error !== undefined);
  if (isBlocked || estate.failures.length > 0) return 1;
  return !applied && reports.some(({ planned }) => planned.action.kind !== "left") ? 2 : 0;
}
