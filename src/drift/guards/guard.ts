/** What a guard is. Each has a file of its own; `all-guards.ts` has them all. */
import type { EnforcedPolicy } from "../../policy/told-finding";
import type { Plan } from "../plan/plan";

/** What a plan may come to; the worst of its findings decides. */
export type Verdict = "no-op" | "safe" | "needs-approval" | "forbidden";

export interface GuardContext {
  readonly now: Date;
  readonly limits: RenewalLimits;
  readonly freezes: readonly Freeze[];
  /** Undefined: there is none. */
  readonly policy?: EnforcedPolicy;
  /** By resource type, the attributes that may change with a renewal. */
  readonly followers: Readonly<Record<string, readonly string[]>>;
  readonly versions: { readonly before?: ToolVersions; readonly now: ToolVersions };
}

export interface RenewalLimits {
  /** Certificates that one plan may renew. */
  readonly renewals: number;
  /** Part of a stack's certificates that one plan may renew, from 0 to 1 … */
  readonly share: number;
  /** … where the stack has more than so many. */
  readonly shareAbove: number;
  /** From then on a plan is too old to be applied. */
  readonly planAgeMinutes: number;
}

/** A time in which nothing is applied without an approval. */
export interface Freeze {
  readonly from: Date;
  readonly until: Date;
  readonly reason?: string;
}

/** Of terraform, or tofu, and of the providers of a stack, by full name. */
export interface ToolVersions {
  readonly terraform: string;
  readonly providers: Readonly<Record<string, string>>;
}

/** What a guard has against a plan. It holds no value of a resource but what a policy blames, which certificates show. */
export interface Objection {
  /** Address of a resource, `output NAME`, or what else is to blame. */
  readonly subject: string;
  /** What offends: actions, the name of an attribute, a number. */
  readonly value: string;
  /** A sentence without a stop. */
  readonly message: string;
}

/** Pure: the same plan and context always give the same objections. */
export type Guard = (plan: Plan, context: GuardContext) => Objection[];

export interface GuardRule {
  /** Stable: reports, and those who read them, rely on it. */
  readonly id: string;
  /** What an objection makes of the plan. */
  readonly verdict: "needs-approval" | "forbidden";
  /** For the table of docs/reference/drift-check.md. */
  readonly forbids: string;
  /** What to do. */
  readonly wayOut: string;
  readonly guard: Guard;
}

export interface Finding extends Objection {
  readonly rule: string;
  readonly verdict: GuardRule["verdict"];
  readonly wayOut: string;
}
