/** Carries out a plan: each certificate for itself, so that what fails for one stops no other. */
import { removeAbandonedRecords } from "../../issuance/recover";
import { AppError, toAppError } from "../../platform/errors";
import { mapLimited } from "../../platform/map-limited";
import type { ScannedCertificate } from "../scan/estate";
import { finishBegun } from "./finish-begun";
import { recordBegin, recordRenewal } from "./record-renewal";
import { renewCertificate } from "./renew-certificate";
import type { OnStep, RenewalOutcome, RenewParts } from "./renew-parts";
import type { PlannedRenewal, RenewalAction } from "./renewal-plan";
import { deleteReplaced } from "./retire-certificate";
import { endTrial } from "./try-on-canary";

export interface RenewalReport {
  readonly planned: PlannedRenewal;
  /** Undefined where it failed, or was left alone. */
  readonly outcome?: RenewalOutcome;
  readonly error?: AppError;
}

export interface RunOptions {
  /** Certificates at once. */
  readonly concurrency: number;
  readonly onStep: (planned: PlannedRenewal, ...step: Parameters<OnStep>) => void;
  readonly onDone: (report: RenewalReport) => void;
}

type Of<Kind extends RenewalAction["kind"]> = PlannedRenewal & {
  readonly action: Extract<RenewalAction, { kind: Kind }>;
};

/**
 * A report for each, in the order of the plan, after what runs that died left in DNS is removed. Throws nothing; what an
 * abort kept from being begun says so.
 */
export async function runRenewals(
  planned: readonly PlannedRenewal[],
  parts: RenewParts,
  { concurrency, onStep, onDone }: RunOptions,
): Promise<readonly RenewalReport[]> {
  const certificates = new Map(planned.map(({ certificate }) => [certificate.arn, certificate]));
  const reports = new Map<PlannedRenewal, RenewalReport>();
  const runAll = (chosen: readonly PlannedRenewal[]) =>
    mapLimited(chosen, concurrency, async (each) => {
      const report = await runOne(each, certificates, parts, (...step) => onStep(each, ...step));
      await recordRenewal(report, parts.engine.recorder);
      reports.set(each, report);
      if (each.action.kind !== "left") onDone(report);
    });
  const { engine, log, signal } = parts;
  await removeAbandonedRecords({ journal: engine.journal, records: engine.challengeRecords(), log, signal });
  // the listeners of a trial belong to the certificate again before that is renewed
  const isTrial = ({ action }: PlannedRenewal) => action.kind === "end-canary";
  await runAll(planned.filter(isTrial));
  await runAll(planned.filter((each) => !isTrial(each)));
  return planned.map((each) => reports.get(each) ?? { planned: each });
}

async function runOne(
  planned: PlannedRenewal,
  certificates: ReadonlyMap<string, ScannedCertificate>,
  parts: RenewParts,
  onStep: OnStep,
): Promise<RenewalReport> {
  const { action } = planned;
  try {
    if (action.kind === "left") return { planned };
    parts.signal?.throwIfAborted();
    if (action.kind === "renew" || action.kind === "finish") await recordBegin(planned, parts.engine.recorder);
    switch (action.kind) {
      case "blocked":
        throw new AppError(action.code, action.why, { hint: action.hint });
      case "renew":
        return { planned, outcome: await renewCertificate({ ...planned, action }, parts, onStep) };
      case "finish":
        return { planned, outcome: await finishBegun({ ...planned, action }, parts, onStep) };
      case "end-canary":
        return { planned, outcome: await end({ ...planned, action }, certificates, parts, onStep) };
      case "delete":
        return { planned, outcome: await remove({ ...planned, action }, parts, onStep) };
    }
  } catch (error) {
    return { planned, error: toAppError(error) };
  }
}

async function end(
  { certificate: copy, attachments, action }: Of<"end-canary">,
  certificates: ReadonlyMap<string, ScannedCertificate>,
  parts: RenewParts,
  onStep: OnStep,
): Promise<RenewalOutcome> {
  const certificate = certificates.get(action.canaryOf);
  if (certificate === undefined)
    throw new AppError("aws_not_found", `${copy.arn} was on trial for ${action.canaryOf}, which is gone`, {
      hint: "give the listeners another certificate, then delete it",
    });
  const store = parts.accessTo(copy.accountId).certificates(copy.region);
  const warnings = await endTrial(copy.arn, { certificate, attachments, store, onStep }, parts);
  return { result: "trial ended", arn: certificate.arn, serial: certificate.serial, warnings };
}

async function remove(
  { certificate, action }: Of<"delete">,
  parts: RenewParts,
  onStep: OnStep,
): Promise<RenewalOutcome> {
  onStep("clean up");
  const store = parts.accessTo(certificate.accountId).certificates(certificate.region);
  const warnings = await deleteReplaced(certificate.arn, action.successorArn, store, parts);
  return { result: warnings.length === 0 ? "deleted" : "left", arn: certificate.arn, warnings };
}
