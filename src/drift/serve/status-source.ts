import type { Clock } from "../../platform/clock";
import { toAppError, type AppError } from "../../platform/errors";
import type { StackResult } from "../history/latest-results";
import type { KeptRun, RunHistory } from "../history/run-history";
import type { PendingPlan } from "../pending/pending-plan";
import { keptMs, type PendingPlans } from "../pending/pending-plans";
import type { RunDocument } from "../report/run-document-shape";
import type { DriftDaemon } from "./drift-daemon";
import { healthOf } from "./health";
import { RecentRuns } from "./recent-runs";
import { seenCertificates } from "./seen-certificates";
import type { SeenCertificate, StatusView, WaitingPlan } from "./status-view";

/** So long what was read serves everybody who asks. */
const freshMs = 1_000;

export interface StatusSourceOptions extends Pick<StatusView, "schedule" | "applies"> {
  readonly daemon: Pick<DriftDaemon, "state">;
  readonly history: Pick<RunHistory, "list" | "read">;
  readonly pending: Pick<PendingPlans, "list">;
  readonly clock: Clock;
  /** Is given every run of the history once. */
  readonly onRun?: (run: KeptRun) => void;
}

/** What the pages about runs show, read when somebody asks. */
export class StatusSource {
  private readonly recent: RecentRuns;
  private reading: Promise<void> | undefined;
  private readAt = -Infinity;
  private waiting: readonly WaitingPlan[] = [];
  private stacks: readonly StackResult[] = [];
  private whole: RunDocument | undefined;
  private certificates: readonly SeenCertificate[] = [];
  private failure: AppError | undefined;

  constructor(private readonly options: StatusSourceOptions) {
    this.recent = new RecentRuns(options.history, options.onRun);
  }

  async view(): Promise<StatusView> {
    const { clock, daemon, schedule, applies } = this.options;
    const now = clock.now();
    if (now.getTime() - this.readAt >= freshMs) await this.refresh();
    const { recent, waiting, certificates, failure } = this;
    const { state } = daemon;
    const health = healthOf(state, failure, now);
    return {
      ...{ now, schedule, applies, daemon: state, health, stacks: recent.stacks, runs: recent.runs },
      ...{ waiting, certificates },
    };
  }

  /** The document of the latest run, with every stack as its latest run left it. Undefined before the first. */
  latest(): RunDocument | undefined {
    return this.whole;
  }

  private refresh(): Promise<void> {
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async read(): Promise<void> {
    await this.recent.refresh();
    this.failure = this.recent.error;
    try {
      this.waiting = (await this.options.pending.list()).map(waitingPlan);
    } catch (error) {
      this.failure ??= toAppError(error);
    }
    const { stacks, latest } = this.recent;
    if (stacks !== this.stacks) {
      this.stacks = stacks;
      this.certificates = seenCertificates(stacks);
      this.whole = latest && { ...latest, stacks: stacks.map(({ result }) => result) };
    }
    this.readAt = this.options.clock.now().getTime();
  }
}

function waitingPlan({ stack, since, plannedAt, approveWith, changes, findings }: PendingPlan): WaitingPlan {
  return {
    ...{ stack: stack.name, since: new Date(since), approveWith, changes: changes.length, findings },
    until: new Date(Date.parse(plannedAt) + keptMs),
  };
}
