import type { AppError } from "../../platform/errors";
import type { WatchedCertificate } from "../detect/watched-certificate";
import type { Finding, Verdict } from "../guards/guard";
import type { JudgedResource } from "../policy/asked-of-plan";
import type { ServedCertificate } from "../verify/verify-served";
import type { Stack } from "../stacks/stack";

/** The steps of a run, in their order. */
export const steps = ["lock", "init", "plan", "judge", "apply", "plan again", "verify", "certificates"] as const;
export type Step = (typeof steps)[number];

/** One change of a plan, without values. */
export interface ToldChange {
  /** Of a resource, or `output NAME`. */
  readonly address: string;
  readonly actions: readonly string[];
}

/** Whose word it was. */
export interface Approver {
  /** A person or a CI job, as the ledger has it: `github:octocat`, `alice@build-7`. */
  readonly who: string;
  readonly reason?: string;
}

/** What came of one stack. */
export interface StackReport {
  readonly stack: Stack;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Undefined: it failed before there was one. */
  readonly verdict?: Verdict;
  readonly findings: readonly Finding[];
  /** Resources of the plan that the policy has something to say about; undefined where there is no policy. */
  readonly policy?: readonly JudgedResource[];
  readonly changes: readonly ToldChange[];
  /** Of the plan; undefined where it has nothing to do, or there is none. */
  readonly checksum?: string;
  /** The command that approves the plan, where it needs approval and was not applied. */
  readonly approveWith?: string;
  /** Who gave leave to apply the plan. */
  readonly approvedBy?: Approver;
  /** Whether the plan was applied, whatever came after. */
  readonly isApplied: boolean;
  /** By handshakes, after an apply. */
  readonly served: readonly ServedCertificate[];
  /** What the detector saw of the stack's certificates; undefined where there was no plan to tell them. */
  readonly certificates?: readonly WatchedCertificate[];
  readonly failure?: { readonly step: Step; readonly error: AppError };
}

/** Of one stack (docs/overview.md, "Decisions" 9). */
export function exitCodeOfStack({ failure, verdict, isApplied }: StackReport): ExitCode {
  if (failure !== undefined || verdict === undefined) return 1;
  if (isApplied) return 0;
  switch (verdict) {
    case "no-op":
      return 0;
    case "safe":
      return 2;
    case "needs-approval":
      return 3;
    case "forbidden":
      return 4;
  }
}

export type ExitCode = 0 | 1 | 2 | 3 | 4;

export function exitCodeOfRun(reports: readonly StackReport[]): ExitCode {
  return worstOf(reports.map(exitCodeOfStack));
}

/** The worst wins (docs/overview.md, 8, "Exit codes over several items"). */
export function worstOf(codes: readonly number[]): ExitCode {
  return ([1, 4, 3, 2] as const).find((code) => codes.includes(code)) ?? 0;
}
