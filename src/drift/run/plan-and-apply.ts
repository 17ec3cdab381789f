import { rename } from "node:fs/promises";
import { join } from "node:path";
import { AppError, isAppError } from "../../platform/errors";
import type { DetectRequest } from "../detect/detect-certificates";
import type { ToolVersions } from "../guards/guard";
import { deniedByProvider } from "../guards/within-policy";
import { Redactor } from "../../platform/redact";
import { judgePlan } from "../judge-plan";
import { approveCommand } from "../pending/approve-command";
import { PendingFolder } from "../pending/pending-folder";
import type { PendingChange } from "../pending/pending-plan";
import { isEmpty, type Plan } from "../plan/plan";
import { planChecksum } from "../plan/plan-checksum";
import { readPlan } from "../plan/read-plan";
import { judgeByPolicy } from "../policy/asked-of-plan";
import type { Stack } from "../stacks/stack";
import { PolicyDeniedError } from "../terraform/policy-denials";
import { providerVersions } from "../terraform/provider-versions";
import { Terraform } from "../terraform/terraform";
import { planChangedError } from "./approval";
import { KnownVersions } from "./known-versions";
import type { RunStackOptions } from "./run-stack";
import type { StackPlace } from "./stack-place";
import type { StackReport, Step } from "./stack-report";
import { toldChanges, toPendingChanges } from "./told-changes";

export interface Work extends RunStackOptions {
  /** Filled in as far as it gets. */
  readonly report: { -readonly [Name in keyof StackReport]: StackReport[Name] };
  readonly step: (next: Step) => void;
  /** As soon as there is a plan. */
  readonly onPlan: (request: DetectRequest) => void;
}

interface Planned {
  readonly plan: Plan;
  readonly file: string;
}

const minuteMs = 60_000;

/** What is done with a stack whose lock one has. */
export class PlanAndApply {
  private readonly terraform: Terraform;
  private readonly pending: PendingFolder;
  private readonly known: KnownVersions;
  /** What the plans so far mark as sensitive. */
  private readonly secrets = new Redactor();
  private isAccepted = false;
  /** Of the plan that was approved, where it waited here. */
  private approved: readonly PendingChange[] | undefined;

  constructor(
    private readonly stack: Stack,
    private readonly place: StackPlace,
    private readonly work: Work,
  ) {
    this.terraform = new Terraform({
      ...work.terraform,
      hideSecrets: (text) => this.secrets.text(work.terraform.hideSecrets(text)),
      folder: stack.folder,
      outputFolder: place.workFolder,
      lockDescriptor: place.lockDescriptor,
    });
    this.pending = new PendingFolder(place.folder);
    this.known = new KnownVersions(place.folder);
  }

  async run(): Promise<void> {
    const { report, step, signal } = this.work;
    step("init");
    await this.terraform.init(signal);
    try {
      await this.planAndDecide();
    } catch (error) {
      // after an apply it is a failure like others
      if (!(error instanceof PolicyDeniedError) || report.isApplied) throw error;
      Object.assign(report, { verdict: "forbidden", findings: error.denials.map(deniedByProvider) });
      await this.pending.drop();
    }
  }

  private async planAndDecide(): Promise<void> {
    const { step } = this.work;
    step("plan");
    const kept = await this.keptPlan();
    if (kept !== undefined)
      try {
        return await this.decide(kept);
      } catch (error) {
        // Terraform saw before it began that somebody else has changed the state since.
        if (!isAppError(error, "terraform_failed") || error.facts.isStale !== true) throw error;
        step("plan");
      }
    await this.decide(await this.planInto("tfplan"));
  }

  /** The approved plan in the file in which it waited, unless that is gone, too old, or nothing terraform can read now. */
  private async keptPlan(): Promise<Planned | undefined> {
    const { approval, clock, guards, onPlan } = this.work;
    const kept = await this.pending.read();
    if (approval === undefined || kept?.checksum !== approval.checksum) return undefined;
    this.approved = kept.changes;
    const ageMs = clock.now().getTime() - new Date(kept.plannedAt).getTime();
    if (!(ageMs <= guards.limits.planAgeMinutes * minuteMs)) return undefined;
    const file = join(this.place.workFolder, "tfplan-approved");
    try {
      await rename(this.pending.planFile, file);
      const plan = await this.read(file);
      onPlan({ plan, plannedAt: new Date(kept.plannedAt) });
      return planChecksum(plan) === approval.checksum ? { plan, file } : undefined;
    } catch (error) {
      const isGone = (error as NodeJS.ErrnoException).code === "ENOENT";
      if (isGone || isAppError(error, "terraform_failed") || isAppError(error, "plan_unreadable")) return undefined;
      throw error;
    }
  }

  /** Judges a plan, and applies it if it may. */
  private async decide({ plan, file }: Planned): Promise<void> {
    const { report, step, apply, approval, guards, clock, configFile } = this.work;
    step("judge");
    const now = { terraform: plan.terraformVersion, providers: await providerVersions(this.stack.folder) };
    const versions = { before: await this.known.read(), now };
    const at = clock.now();
    const { verdict, findings } = judgePlan(plan, { ...guards, versions, now: at });
    const told = guards.policy && verdict !== "no-op" ? judgeByPolicy(plan, guards.policy, at) : [];
    report.policy = guards.policy && told.filter((each) => each.findings.length > 0);
    const checksum = verdict === "no-op" ? undefined : planChecksum(plan);
    Object.assign(report, { verdict, findings, changes: toldChanges(plan), checksum, approvedBy: undefined });
    const isApproved = checksum !== undefined && checksum === approval?.checksum;
    report.approveWith =
      verdict === "needs-approval" && checksum !== undefined && !isApproved
        ? approveCommand(this.stack, checksum, configFile)
        : undefined;
    await this.keepOrDrop({ plan, file });
    if (verdict === "no-op") await this.known.write(now);
    if (approval !== undefined && !isApproved)
      throw planChangedError(
        { ...approval, changes: this.approved ?? approval.changes },
        toPendingChanges(plan),
        report.approveWith,
      );
    if (verdict === "no-op" || verdict === "forbidden") return;
    if (approval !== undefined) await this.accept();
    else if (verdict !== "safe" || !apply) return;
    await this.applyAndProve({ plan, file }, now);
  }

  /** What waited before is superseded, whatever this plan is. */
  private async keepOrDrop({ plan, file }: Planned): Promise<void> {
    const { checksum, approveWith, findings } = this.work.report;
    if (checksum === undefined || approveWith === undefined) return this.pending.drop();
    const now = this.work.clock.now();
    await this.pending.keep(
      file,
      {
        ...{ stack: this.stack, checksum, approveWith, findings, changes: toPendingChanges(plan) },
        plannedAt: (plan.plannedAt ?? now).toISOString(),
      },
      now,
    );
  }

  private async accept(): Promise<void> {
    const { report, approval } = this.work;
    if (approval === undefined) return;
    const { who, reason } = approval;
    report.approvedBy = { who, ...(reason !== undefined && { reason }) };
    if (!this.isAccepted) await approval.onAccepted(report);
    this.isAccepted = true;
  }

  private async applyAndProve({ plan, file }: Planned, versions: ToolVersions): Promise<void> {
    const { report, step, signal, verify } = this.work;
    step("apply");
    await this.terraform.apply(file, signal);
    report.isApplied = true;
    await this.known.write(versions);
    step("plan again");
    const { plan: after } = await this.planInto("tfplan-after");
    requireEmpty(after);
    if (verify === undefined) return;
    step("verify");
    report.served = await verify({ before: plan.held, after: after.held }, signal);
  }

  private async planInto(name: string): Promise<Planned> {
    const { signal, clock, onPlan } = this.work;
    const file = join(this.place.workFolder, name);
    const plannedAt = clock.now();
    await this.terraform.plan(file, signal);
    const plan = await this.read(file);
    onPlan({ plan, plannedAt });
    return { plan, file };
  }

  private async read(file: string): Promise<Plan> {
    const plan = readPlan(await this.terraform.show(file, this.work.signal));
    for (const text of plan.sensitiveTexts) this.secrets.hide(text);
    return plan;
  }
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
