/** Carries out a plan: everything is checked first, then one listener after the other; a failure stops the rest. */
import { AppError, toAppError } from "../../platform/errors";
import type { ScannedCertificate } from "../scan/estate";
import {
  attachCertificate,
  placesToProve,
  proveAttached,
  type AttachParts,
  type OnAttachStep,
  type ToAttach,
  type ToProve,
} from "./attach-certificate";
import type { PlannedAttachment } from "./attachment-plan";
import { recordRollout } from "./record-rollout";

export interface AttachmentReport {
  readonly planned: PlannedAttachment;
  /** Undefined in a dry run, where it failed, and where it was not begun. */
  readonly outcome?: { readonly result: "attached" | "left"; readonly warnings: readonly string[] };
  readonly error?: AppError;
}

export interface AttachOptions {
  readonly onStep: OnAttachStep;
  readonly onDone: (report: AttachmentReport) => void;
}

/** A report for each, in the order of the plan. Throws nothing. What was proved before a failure stays. */
export async function runAttachments(
  certificate: ScannedCertificate,
  planned: readonly PlannedAttachment[],
  parts: AttachParts,
  { onStep, onDone }: AttachOptions,
): Promise<readonly AttachmentReport[]> {
  const done = (report: AttachmentReport): AttachmentReport => {
    onDone(report);
    return report;
  };
  const checked = await checkAll(certificate, planned, parts, onStep);
  const reports = checked.isReady ? await runAll(checked.places) : checked.reports.map(done);
  await recordRollout(certificate, reports, parts.engine.recorder);
  return reports;

  async function runAll(ready: Checked["places"]): Promise<AttachmentReport[]> {
    const ended: AttachmentReport[] = [];
    for (const [each, places] of ready) {
      if (ended.some(({ error }) => error !== undefined)) ended.push({ planned: each });
      else ended.push(done(await runOne(each, places)));
    }
    return ended;
  }

  async function runOne(each: ToProve, places: Places): Promise<AttachmentReport> {
    try {
      parts.signal?.throwIfAborted();
      const isNew = isToAttach(each);
      const warnings = isNew
        ? await attachCertificate(certificate, each, places, parts, onStep)
        : await proveAttached(certificate, each, places, parts, onStep);
      return {
        planned: each,
        outcome: { result: isNew ? "attached" : "left", warnings: [...each.notes, ...warnings] },
      };
    } catch (error) {
      return { planned: each, error: toAppError(error) };
    }
  }
}

function isToAttach(planned: PlannedAttachment): planned is ToAttach {
  return planned.action.kind === "attach";
}

function isToProve(planned: PlannedAttachment): planned is ToProve {
  return planned.action.kind !== "blocked";
}

type Places = Awaited<ReturnType<typeof placesToProve>>;

interface Checked {
  /** Whether nothing is in the way anywhere. */
  readonly isReady: boolean;
  readonly reports: readonly AttachmentReport[];
  readonly places: ReadonlyMap<ToProve, Places>;
}

/** Whether it can be done everywhere: nothing is changed at one listener if it cannot be done at another. */
export async function checkAll(
  certificate: ScannedCertificate,
  planned: readonly PlannedAttachment[],
  parts: AttachParts,
  onStep: OnAttachStep,
): Promise<Checked> {
  const places = new Map<ToProve, Places>();
  const reports: AttachmentReport[] = [];
  for (const each of planned) {
    const { action, point } = each;
    try {
      if (action.kind === "blocked") throw new AppError(action.code, action.why, { hint: action.hint });
      if (isToProve(each)) {
        onStep("check", point.name);
        places.set(each, await placesToProve(certificate, each, parts));
      }
      reports.push({ planned: each });
    } catch (error) {
      reports.push({ planned: each, error: toAppError(error) });
    }
  }
  return { isReady: reports.every(({ error }) => error === undefined), reports, places };
}
