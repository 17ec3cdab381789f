/**
 * Carries out a plan: what can be checked is checked, then one order, the import under tags by which it is found again,
 * and the listeners one after the other. A run that dies is gone on with by the next.
 */
import { generationTag, issuedForTag, manageCerts, managerTag } from "../../issuance/certificate-tags";
import { importNew } from "../../issuance/import-certificate";
import { removeAbandonedRecords } from "../../issuance/recover";
import { AppError, toAppError } from "../../platform/errors";
import type { AttachmentWishes } from "../attach/attachment-plan";
import { planAttachments } from "../attach/plan-attachments";
import { checkAll, runAttachments, type AttachmentReport, type AttachOptions } from "../attach/run-attachments";
import { orderCertificate } from "../renew/order-certificate";
import { rehearseServing } from "../renew/rehearse-serving";
import type { ServingPlace } from "../renew/prove-serving";
import type { RenewParts } from "../renew/renew-parts";
import type { Estate, ScannedCertificate } from "../scan/estate";
import { issuedFor } from "./find-issued";
import type { IssuePlan } from "./issue-plan";

export interface IssueReport {
  readonly plan: IssuePlan;
  /** What is in ACM now; undefined in a dry run, and where there is none. */
  readonly outcome?: IssueOutcome;
  readonly error?: AppError;
  /** In the order of the plan. */
  readonly attachments: readonly AttachmentReport[];
}

export interface IssueOutcome {
  readonly result: "issued" | "found";
  readonly arn: string;
  readonly serial?: string;
  readonly notAfter?: Date;
  readonly warnings: readonly string[];
}

export interface RunIssueOptions extends Omit<AttachOptions, "onStep"> {
  readonly onStep: (step: string, where: string) => void;
}

/** Throws nothing. Where anything is in the way, nothing is ordered and nothing is changed. */
export async function runIssue(
  plan: IssuePlan,
  wishes: AttachmentWishes,
  estate: Estate,
  parts: RenewParts,
  options: RunIssueOptions,
): Promise<IssueReport> {
  const untouched = plan.attachments.map((planned) => ({ planned }));
  try {
    const { action } = plan;
    if (action.kind === "blocked") throw new AppError(action.code, action.why, { hint: action.hint });
    const { engine, log, signal } = parts;
    await removeAbandonedRecords({ journal: engine.journal, records: engine.challengeRecords(), log, signal });
    const checked = await checkAll(plan.certificate, plan.attachments, parts, options.onStep);
    if (!checked.isReady) return { plan, attachments: checked.reports };
    const places = [...checked.places.values()].flat();
    const { certificate, outcome } =
      action.kind === "found" ? alreadyIssued(plan) : await issue(plan, places, parts, options);
    const planned = planAttachments(certificate, plan.request.points, wishes, estate);
    const attachments = await runAttachments(certificate, planned, parts, options);
    return { plan: { ...plan, certificate }, outcome, attachments };
  } catch (error) {
    return { plan, error: toAppError(error), attachments: untouched };
  }
}

interface Issued {
  readonly certificate: ScannedCertificate;
  readonly outcome: IssueOutcome;
}

function alreadyIssued({ certificate }: IssuePlan): Issued {
  const { arn, serial, notAfter } = certificate;
  return { certificate, outcome: { result: "found", arn, serial, notAfter, warnings: [] } };
}

async function issue(
  { request, certificate }: IssuePlan,
  places: readonly ServingPlace[],
  parts: RenewParts,
  { onStep }: RunIssueOptions,
): Promise<Issued> {
  const { names, issuer, accountId, region } = request;
  const [name = ""] = names;
  const store = parts.accessTo(accountId).certificates(region);
  await store.checkMayImport({ signal: parts.signal });
  onStep(`order ${issuer.name}`, name);
  const tags = {
    [managerTag]: manageCerts,
    [generationTag]: parts.newGeneration(),
    [issuedForTag]: issuedFor(request),
  };
  const { kept, leftovers } = await orderCertificate(request, parts, async (issued) => {
    await rehearseServing(issued, places, parts);
    onStep("import", name);
    const imported = await importNew(issued, tags, { ...parts, store });
    return { ...imported, warnings: [...issued.warnings, ...imported.warnings] };
  });
  const { arn, chain, warnings } = kept;
  const { serial, notBefore, notAfter } = chain.leaf;
  return {
    certificate: { ...certificate, arn, serial, notBefore, notAfter, names: chain.leaf.names, tags },
    outcome: { result: "issued", arn, serial, notAfter, warnings: [...new Set([...warnings, ...leftovers])] },
  };
}
