import type { RevocationReason } from "../../acme/revocation-reason";
import type { ReportedWaiver } from "../../policy/reported-waiver";
import { isReady } from "../revoke/revocation-plan";
import type { RevocationReport } from "../revoke/run-revocations";
import type { Estate } from "../scan/estate";
import type { RevocationsDocument } from "./revocations-document-shape";

/** A run, or a dry run, of `manage-certs revoke`. */
export interface RevocationsRun {
  readonly applied: boolean;
  readonly reason: RevocationReason;
  readonly estate: Pick<Estate, "scannedAt" | "failures">;
  readonly reports: readonly RevocationReport[];
  /** What earlier runs began, of certificates that are not named now. */
  readonly stillToDo: readonly { readonly arn: string; readonly begunAt: string }[];
  /** Of the policy, in force. @default none */
  readonly waivers?: readonly ReportedWaiver[];
}

/** A run in its published form. */
export function toRevocationsDocument(run: RevocationsRun): RevocationsDocument {
  const { applied, reason, estate, reports, stillToDo, waivers = [] } = run;
  const document = {
    version: 1,
    ...{ applied, at: estate.scannedAt, reason },
    certificates: reports.map(({ planned, outcome, error }) => {
      const { arn, serial, names, attachments, sameKey, action, findings } = planned;
      return {
        ...{ arn, serial, names, sameKey },
        servedAt: attachments.map(({ point, role }) => ({ name: point.name, role })),
        action: action.kind,
        why: action.why,
        issuer: isReady(planned) ? planned.action.what.issuer.name : undefined,
        outcome,
        policy: findings,
        error: error && { code: error.code, message: error.message, hint: error.hint },
      };
    }),
    stillToDo: stillToDo.map(({ arn, begunAt }) => ({ arn, begunAt })),
    failures: estate.failures,
    waivers,
  };
  return JSON.parse(JSON.stringify(document)) as RevocationsDocument;
}

/** Exit code of a run (docs/overview.md, "Decisions" 9): the worst wins, in the order 1, 2, 0. */
export function exitCodeOfRevocations({ applied, estate, reports }: RevocationsRun): 0 | 1 | 2 {
  const isWrong = reports.some(({ planned, error }) => planned.action.kind === "blocked" || error !== undefined);
  if (isWrong || estate.failures.length > 0) return 1;
  return !applied && reports.some(({ planned }) => isReady(planned)) ? 2 : 0;
}
