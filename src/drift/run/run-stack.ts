/** One stack from lock to report. Nothing here throws: what fails is in the report, beside what was done before. */
import type { Clock } from "../../platform/clock";
import { toAppError } from "../../platform/errors";
import { certificatesError } from "../detect/certificates-error";
import type { DetectCertificates, DetectRequest } from "../detect/detect-certificates";
import type { GuardContext } from "../guards/guard";
import type { Stack } from "../stacks/stack";
import type { TerraformOptions } from "../terraform/terraform";
import type { VerifyServed } from "../verify/verify-served";
import type { Approval } from "./approval";
import { PlanAndApply, type Work } from "./plan-and-apply";
import { inStackPlace } from "./stack-place";
import type { StackReport, Step } from "./stack-report";

export interface RunStackOptions {
  /** False: a safe plan is told, and not applied. */
  readonly apply: boolean;
  readonly stateFolder: string;
  readonly terraform: Omit<TerraformOptions, "folder" | "outputFolder" | "lockDescriptor">;
  readonly guards: Omit<GuardContext, "now" | "versions">;
  /** Undefined: listeners are not looked at. */
  readonly verify?: VerifyServed;
  /** Undefined: certificates are not looked at. */
  readonly detect?: DetectCertificates;
  /** Applies the plan that it names, and no other; `apply` counts for nothing then. */
  readonly approval?: Approval;
  /** As it was named on the command line; for commands that are told. */
  readonly configFile?: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStep?: (stack: Stack, step: Step) => void;
}

export async function runStack(stack: Stack, options: RunStackOptions): Promise<StackReport> {
  const { clock, stateFolder, onStep } = options;
  const startedAt = clock.now();
  const report: Work["report"] = {
    ...{ stack, startedAt, endedAt: startedAt },
    ...{ findings: [], changes: [], isApplied: false, served: [] },
  };
  let current: Step = "lock";
  let latest: DetectRequest | undefined;
  const step = (next: Step) => {
    current = next;
    onStep?.(stack, next);
  };
  try {
    step("lock");
    await inStackPlace(stack, stateFolder, (place) =>
      new PlanAndApply(stack, place, { ...options, report, step, onPlan: (request) => (latest = request) }).run(),
    );
  } catch (thrown) {
    report.failure = { step: current, error: toAppError(thrown) };
  }
  if (latest !== undefined) await lookAtCertificates(latest, { ...options, report, step });
  return { ...report, endedAt: clock.now() };
}

/** Whatever came of the plan. What failed before is told first. */
async function lookAtCertificates(
  request: DetectRequest,
  { report, step, detect, signal }: Omit<Work, "onPlan">,
): Promise<void> {
  if (detect === undefined || signal.aborted) return;
  step("certificates");
  try {
    report.certificates = await detect(request, signal);
    const error = certificatesError(report.certificates);
    if (error !== undefined) report.failure ??= { step: "certificates", error };
  } catch (thrown) {
    report.failure ??= { step: "certificates", error: toAppError(thrown) };
  }
}
