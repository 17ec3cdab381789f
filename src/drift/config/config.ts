import type { PolicyChoice } from "../../policy/policy-choice";
import type { Freeze, RenewalLimits } from "../guards/guard";
import type { NotifyEntry } from "../notify/notify-entry";
import type { Stack } from "../stacks/stack";

/** What drift-check.yaml says. It holds no secret. */
export interface Config {
  /** Plain terraform folders; those that cdktf synthesized need not be named. */
  readonly stacks: readonly Stack[];
  readonly cdktf: {
    readonly folder: string;
    /** A command for the shell that writes that folder; undefined: it is there. */
    readonly synthesize?: string;
  };
  /** Name or path of the program. */
  readonly terraform: string;
  readonly limits: RenewalLimits & {
    /** Stacks at a time. Undefined: one for each processor. */
    readonly concurrency?: number;
    /** Of one command of terraform. */
    readonly stepMinutes: number;
    /** How long terraform waits for a state that somebody else has locked. */
    readonly lockSeconds: number;
  };
  readonly freezes: readonly Freeze[];
  /** What may change with a renewal. */
  readonly follow: readonly { readonly type: string; readonly attributes: readonly string[] }[];
  readonly verify: {
    readonly handshakes: boolean;
    /** Whether the detector asks ACM as well. */
    readonly acm: boolean;
    /** PEM file of roots to trust beside the public ones. */
    readonly roots?: string;
    /** Where listeners really are, as curl takes it. */
    readonly connectTo: readonly string[];
    readonly waitSeconds: number;
  };
  readonly history: {
    /** Runs that are kept; the oldest go. */
    readonly runs: number;
  };
  /** Who is told of a run. */
  readonly notify: readonly NotifyEntry[];
  /** To which plans are held. Undefined: `UNEXPIRED_POLICY`, or none. */
  readonly policy?: PolicyChoice;
}

/** What counts where the file says nothing, or is not there. */
export const defaultConfig: Config = {
  stacks: [],
  cdktf: { folder: "cdktf.out" },
  terraform: "terraform",
  limits: { renewals: 10, share: 0.34, shareAbove: 10, planAgeMinutes: 60, stepMinutes: 60, lockSeconds: 30 },
  freezes: [],
  follow: [],
  verify: { handshakes: true, acm: true, connectTo: [], waitSeconds: 180 },
  history: { runs: 200 },
  notify: [],
};
