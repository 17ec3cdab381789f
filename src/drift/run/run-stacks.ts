import { mapLimited } from "../../platform/map-limited";
import { waiversInForce, type ReportedWaiver } from "../../policy/reported-waiver";
import type { Stack } from "../stacks/stack";
import { runStack, type RunStackOptions } from "./run-stack";
import type { StackReport } from "./stack-report";

export interface RunStacksOptions extends RunStackOptions {
  /** Stacks at a time. */
  readonly concurrency: number;
  /** Stacks in which nothing is applied, whatever `apply` says. @default none */
  readonly isBlind?: (stack: Stack) => boolean;
  /** As soon as one has ended. */
  readonly onDone?: (report: StackReport) => void;
}

/** A run over several stacks. */
export interface DriftRun {
  /** Whether safe plans were to be applied. */
  readonly applies: boolean;
  readonly startedAt: Date;
  /** In the order of the stacks. */
  readonly reports: readonly StackReport[];
  /** Of the policy, in force. @default none */
  readonly waivers?: readonly ReportedWaiver[];
}

/** Every stack gets its report: what one of them comes to stops no other. Once it is cancelled no stack is begun. */
export async function runStacks(stacks: readonly Stack[], options: RunStacksOptions): Promise<DriftRun> {
  const { clock, apply, approval, concurrency, onDone, isBlind = () => false } = options;
  const startedAt = clock.now();
  const reports = await mapLimited(stacks, concurrency, async (stack) => {
    const report = await runStack(stack, { ...options, apply: apply && !isBlind(stack) });
    onDone?.(report);
    return report;
  });
  const { policy } = options.guards;
  const waivers = policy && { waivers: waiversInForce(policy.policy, startedAt) };
  return { applies: apply || approval !== undefined, startedAt, reports, ...waivers };
}
