/**
 * A plan as far as drift-check looks at it: what would change, what changed outside, and what serves certificates. It
 * holds secrets, since a plan in JSON shows them; `ValueChange` tells where. Start reading at `read-plan.ts`.
 */

import type { References } from "./references";

/** A value before and after, as `terraform show -json` gives them (Terraform, "JSON Output Format"). */
export interface ValueChange {
  readonly before: unknown;
  /** Without what is known after apply only. */
  readonly after: unknown;
  /** `true` at each place that is known after apply only; all of the value where it is `true` itself. */
  readonly afterUnknown: unknown;
  /** The same for places that are marked as sensitive. */
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

export interface ResourceChange {
  /** With its deposed key, where it is a deposed object. */
  readonly address: string;
  /** Where a `moved` block or a refactoring found it. */
  readonly previousAddress?: string;
  /** ID that an `import` block names. */
  readonly importId?: string;
  readonly isDeposed: boolean;
  readonly mode: string;
  readonly type: string;
  /** Full name of the provider: `registry.terraform.io/unexpired/unexpired`. */
  readonly provider: string;
  readonly actions: readonly string[];
  readonly change: ValueChange;
}

export interface OutputChange {
  readonly name: string;
  readonly actions: readonly string[];
  readonly change: ValueChange;
}

/** A resource that is a certificate or serves one, as it is before the plan. */
export interface HeldResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Plan {
  /** `1.2`. */
  readonly formatVersion: string;
  /** Of the program that planned. */
  readonly terraformVersion: string;
  readonly plannedAt?: Date;
  /** False: something was put off to a later plan. */
  readonly isComplete: boolean;
  /** True: planning failed half-way. */
  readonly isErrored: boolean;
  /** Parts of the document that hold something and that this program does not know. */
  readonly unknownParts: readonly string[];
  /** All but those with nothing to do. What is moved or imported has something to do. */
  readonly resources: readonly ResourceChange[];
  /** All but those with nothing to do. */
  readonly outputs: readonly OutputChange[];
  /** What terraform found changed since it looked last. */
  readonly drift: readonly ResourceChange[];
  readonly held: readonly HeldResource[];
  /** Of its configuration, by address without keys of instances. */
  readonly references: ReadonlyMap<string, References>;
  /** What must not be told, wherever it stands. */
  readonly sensitiveTexts: readonly string[];
}

/** Whether an apply would change nothing; it may read data. */
export function isEmpty({ resources, outputs }: Plan): boolean {
  return resources.every(({ mode }) => mode === "data") && outputs.length === 0;
}
