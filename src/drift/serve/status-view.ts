import type { Finding } from "../guards/guard";
import type { StackResult } from "../history/latest-results";
import type { DaemonState } from "./drift-daemon";
import type { Health } from "./health";
import type { RunSummary } from "./recent-runs";

/** A plan that waits for somebody. */
export interface WaitingPlan {
  readonly stack: string;
  readonly since: Date;
  /** Then its plan file is dropped; an approval plans again. */
  readonly until: Date;
  /** The command that approves it. */
  readonly approveWith: string;
  /** How many there are in the plan. */
  readonly changes: number;
  readonly findings: readonly Finding[];
}

/** A certificate as a run, or a scan, saw it. */
export interface SeenCertificate {
  /** "": a scan saw it. */
  readonly stack: string;
  /** Of its resource; of a scan, its ARN. */
  readonly address: string;
  readonly arn: string;
  /** Whose it is, where that is known. */
  readonly owner?: string;
  readonly begins?: Date;
  readonly names: readonly string[];
  /** The first end of those that were seen. Undefined: nobody tells. */
  readonly ends?: Date;
  /** Where that end was seen. */
  readonly seen: "on the wire" | "in ACM" | "in the state";
  readonly isDue: boolean;
  /** What is wrong with it, or could not be seen: the worst first. */
  readonly findings: readonly SeenFinding[];
}

export interface SeenFinding {
  readonly level: "error" | "warning" | "unseen";
  readonly message: string;
}

/** All that the pages about runs show. */
export interface StatusView {
  readonly now: Date;
  readonly schedule: { readonly text: string; readonly timeZone: string };
  /** Whether safe plans are applied. */
  readonly applies: boolean;
  readonly daemon: DaemonState;
  readonly health: Health;
  /** In the order of names. */
  readonly stacks: readonly StackResult[];
  /** Latest first. */
  readonly runs: readonly RunSummary[];
  readonly waiting: readonly WaitingPlan[];
  /** What ends first comes first. */
  readonly certificates: readonly SeenCertificate[];
}
