/** One stack from lock to report. Nothing here throws: what fails is in the report, beside what was done before. */
import { join } from "node:path";
import type { Clock } from "../../platform/clock";
import { AppError, toAppError } from "../../platform/errors";
import { certificatesError } from "../detect/certificates-error";
import type { DetectCertificates, DetectRequest } from "../detect/detect-certificates";
import type { GuardContext } from "../guards/guard";
import { judgePlan } from "../judge-plan";
import { isEmpty, type Plan } from "../plan/plan";
import { planChecksum } from "../plan/plan-checksum";
import { readPlan } from "../plan/read-plan";
import type { Stack } from "../stacks/stack";
import { providerVersions } from "../terraform/provider-versions";
import { Terraform, type TerraformOptions } from "../terraform/terraform";
import type { VerifyServed } from "../verify/verify-served";
import { KnownVersions } from "./known-versions";
import { inStackPlace, type StackPlace } from "./stack-place";
import type { StackReport, Step, ToldChange } from "./stack-report";

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
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStep?: (stack: Stack, step: Step) => void;
}

type Progress = { -readonly [Name in keyof StackReport]: StackReport[Name] };

export async function runStack(stack: Stack, options: RunStackOptions): Promise<StackReport> {
  const { clock, stateFolder, onStep } = options;
  const startedAt = clock.now();
  const report: Progress = {
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
      planAndApply(stack, place, { ...options, report, step, onPlan: (request) => (latest = request) }),
    );
  } catch (thrown) {
    report.failure = { step: current, error: toAppError(thrown) };
  }
  if (latest !== undefined) await lookAtCertificates(latest, { ...options, report, step });
  return { ...report, endedAt: clock.now() };
}

interface Watch extends RunStackOptions {
  readonly report: Progress;
  readonly step: (next: Step) => void;
}

interface Work extends Watch {
  /** As soon as there is a plan. */
  readonly onPlan: (request: DetectRequest) => void;
}

/** Whatever came of the plan. What failed before is told first. */
async function lookAtCertificates(request: DetectRequest, { report, step, detect, signal }: Watch): Promise<void> {
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

async function planAndApply(stack: Stack, place: StackPlace, work: Work): Promise<void> {
  const { report, step, apply, guards, clock, signal, verify } = work;
  const terraform = new Terraform({
    ...work.terraform,
    folder: stack.folder,
    outputFolder: place.workFolder,
    lockDescriptor: place.lockDescriptor,
  });
  step("init");
  await terraform.init(signal);
  step("plan");
  const file = join(place.workFolder, "tfplan");
  const plan = await planInto(file, terraform, work);
  step("judge");
  const known = new KnownVersions(place.folder);
  const now = { terraform: plan.terraformVersion, providers: await providerVersions(stack.folder) };
  const versions = { before: await known.read(), now };
  const { verdict, findings } = judgePlan(plan, { ...guards, versions, now: clock.now() });
  Object.assign(report, { verdict, findings, changes: toldChanges(plan) });
  if (verdict === "no-op") return known.write(now);
  report.checksum = planChecksum(plan);
  if (verdict !== "safe" || !apply) return;
  step("apply");
  await terraform.apply(file, signal);
  report.isApplied = true;
  await known.write(now);
  step("plan again");
  const after = await planInto(join(place.workFolder, "tfplan-after"), terraform, work);
  requireEmpty(after);
  if (verify === undefined) return;
  step("verify");
  report.served = await verify({ before: plan.held, after: after.held }, signal);
}

async function planInto(file: string, terraform: Terraform, { signal, clock, onPlan }: Work): Promise<Plan> {
  const plannedAt = clock.now();
  await terraform.plan(file, signal);
  const plan = readPlan(await terraform.show(file, signal));
  onPlan({ plan, plannedAt });
  return plan;
}

function requireEmpty(plan: Plan): void {
  if (isEmpty(plan)) return;
  const changes = toldChanges(plan).map(({ address, actions }) => `${address}: ${actions.join(" then ")}`);
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : "";
  throw new AppError(
    "plan_not_settled",
    `the plan was applied, and the next one still has changes: ${changes.slice(0, 3).join(", ")}${more}`,
    { hint: "run again; if it stays, see what changes each time" },
  );
}

function toldChanges({ resources, outputs }: Plan): ToldChange[] {
  return [
    ...resources.map(({ address, actions, previousAddress, importId }) => ({
      address,
      actions: [
        ...(previousAddress === undefined ? [] : [`move from ${previousAddress}`]),
        ...(importId === undefined ? [] : ["import"]),
        ...actions.filter((action) => action !== "no-op"),
      ],
    })),
    ...outputs.map(({ name, actions }) => ({ address: `output ${name}`, actions })),
  ];
}
