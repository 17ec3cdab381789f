/**
 * A drill: one fault of the field, made on purpose in a sandbox of its own, the alarm that has to come, and the way back
 * that the runbook describes. Start at run-drill.ts; each fault is a file in drills/.
 */
import type { SandboxOptions } from "../sandbox/sandbox-options";
import type { DrillEstate } from "./estate";

export interface Drill {
  /** Unique. The runbook of its alert says how to practise it. */
  readonly name: string;
  /** F1 to F6 of the field's failure modes, where it is one of them. */
  readonly failureMode?: string;
  /** What happens, for people: lower case, without a final stop. */
  readonly what: string;
  /** The alert that has to fire. */
  readonly alert: string;
  readonly objectives: Objectives;
  /**
   * The alert tells of a state and not of an event: it has to end with the state, or nothing is green.
   * @default the alert ends by itself, some time after the last event
   */
  readonly alarmEnds?: true;
  /**
   * What the spans of its rule are divided by beside the time scale of all.
   * @default 1
   */
  readonly moreTimeScale?: number;
  /** How long the fault has to last, by the alert's rule, before the alert fires; in seconds of production. @default 0 */
  readonly ruleSeconds?: number;
  /** It waits more than it works: begun before the others. @default it does not */
  readonly waits?: true;
  /** Programs that it runs beside our own. @default none */
  readonly needs?: readonly string[];
  /** @default calm, with Let's Encrypt's profiles and limits */
  readonly sandbox?: Partial<SandboxOptions>;
  /** Brings the estate into the state before the fault: everything is served, nothing is due. */
  readonly prepare: (estate: DrillEstate) => Promise<Scene>;
}

/** Within how many seconds of production; docs/guides/drills.md says where each is from. */
export interface Objectives {
  readonly detectSeconds: number;
  readonly recoverSeconds: number;
}

/** A drill whose estate is there. */
export interface Scene {
  /** Makes the fault, and tells what was done. */
  inject(): Promise<string> | string;
  /** What runs anyway while nobody knows yet: the nightly renewal, a look at the estate. Its failure is the point. */
  work?(): Promise<unknown>;
  /** The runbook's way back; it tells what was done. */
  recover(): Promise<string>;
  /** What has to hold beside what is served. @default nothing. Undefined: it holds; else why not. */
  isSettled?(): Promise<string | undefined>;
}
