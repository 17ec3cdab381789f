/** Plans of real terraform, recorded by record-plans-main.ts. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { GuardContext } from "../../../src/drift/guards/guard";
import { readPlan } from "../../../src/drift/plan/read-plan";
import type { Plan } from "../../../src/drift/plan/plan";
import { defaultConfig } from "../../../src/drift/config/config";

const folder = resolve(__dirname, "../../vectors/drift/plans");

/** A row of the truth table, or `renewal`. */
export function recordedText(name: string): string {
  return readFileSync(join(folder, `${name.replace(/,/g, "").replace(/ /g, "-")}.json`), "utf8");
}

export function recordedPlan(name: string): Plan {
  return readPlan(recordedText(name));
}

const versions = { terraform: "1.11.4", providers: {} };

/** A second after the plan was made, with nothing configured. */
export function contextOf({ plannedAt }: Plan, more: Partial<GuardContext> = {}): GuardContext {
  return {
    now: new Date((plannedAt?.getTime() ?? 0) + 1000),
    limits: defaultConfig.limits,
    freezes: [],
    followers: {},
    versions: { before: versions, now: versions },
    ...more,
  };
}
