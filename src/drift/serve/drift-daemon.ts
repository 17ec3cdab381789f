/**
 * Runs drift-check when it is due. What a run finds is the history's; this knows what concerns the daemon: when the next
 * run is due, whether one goes on, and why the last one could not begin.
 */
import type { Clock, Sleep } from "../../platform/clock";
import { toAppError, type AppError } from "../../platform/errors";
import type { Logger } from "../../platform/log";
import type { ExitCode } from "../run/stack-report";
import type { Schedule } from "./schedule";
import { Scheduler } from "./scheduler";

export interface DaemonOptions {
  readonly schedule: Schedule;
  readonly jitterMs: number;
  /** From 0 to 1, without the 1. */
  readonly random: () => number;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly logger: Logger;
  /** Whether safe plans are applied. */
  readonly apply: boolean;
  /**
   * Runs over all stacks, and keeps in the history what came of it. Rejects where it could not begin: a mistake in the
   * configuration, no stack. MUST end soon once the signal aborts, with what was begun brought to its end.
   */
  readonly check: (options: CheckRequest) => Promise<ExitCode>;
  /** Proves of every stack that a drift and a due certificate would be seen. Rejects where nobody can tell of any. */
  readonly selfTest: (signal: AbortSignal) => Promise<SelfTestOutcome>;
}

export interface SelfTestOutcome {
  /** Folders of stacks in which what was planted was not seen. */
  readonly blind: ReadonlySet<string>;
  /** Why; undefined where there are none. */
  readonly error?: AppError;
}

export interface CheckRequest {
  readonly apply: boolean;
  /** Folders of stacks in which nothing may be applied: a run does not see what is in them. */
  readonly blind: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Something that was tried: when it ended, and what went wrong. */
export interface Attempt {
  readonly at: Date;
  readonly error?: AppError;
}

export interface DaemonState {
  readonly startedAt: Date;
  readonly nextRunAt?: Date;
  /** A run goes on since then. */
  readonly runningSince?: Date;
  /** The last run that ended; with an error if it could not begin. */
  readonly lastRun?: Attempt;
  readonly lastSelfTest?: Attempt;
  /** Since the start of the daemon, by exit code; 1 counts those that could not begin, too. */
  readonly runs: ReadonlyMap<ExitCode, number>;
  /** Due while another run went on, since the start of the daemon. */
  readonly skipped: number;
}

export class DriftDaemon {
  private readonly scheduler: Scheduler;
  private readonly stopping = new AbortController();
  private readonly runs = new Map<ExitCode, number>();
  private readonly startedAt: Date;
  private runningSince: Date | undefined;
  private lastRun: Attempt | undefined;
  private lastSelfTest: Attempt | undefined;
  private skipped = 0;

  constructor(private readonly options: DaemonOptions) {
    const { schedule, jitterMs, random, clock, sleep, logger } = options;
    this.startedAt = clock.now();
    this.scheduler = new Scheduler({
      ...{ schedule, jitterMs, random, clock, sleep },
      run: () => this.run(),
      onSkipped: (due) => {
        this.skipped++;
        logger.log("warn", "a run is left out: the one before it still goes on", { due: due.toISOString() });
      },
    });
  }

  /** `lastRunAt`: begins at once if a run was due since, or there never was one: nobody ran while we were away. */
  start(lastRunAt: Date | undefined): void {
    const { schedule, clock } = this.options;
    const due = schedule.previous(clock.now());
    this.scheduler.start(lastRunAt === undefined || (due !== undefined && lastRunAt < due));
  }

  get state(): DaemonState {
    const { startedAt, runningSince, lastRun, lastSelfTest, runs, skipped } = this;
    return { startedAt, runningSince, nextRunAt: this.scheduler.nextAt, lastRun, lastSelfTest, runs, skipped };
  }

  /** Begins nothing more, tells what goes on to stop, and resolves when it has. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.scheduler.stop();
  }

  private async run(): Promise<void> {
    const { clock, logger, check } = this.options;
    const { signal } = this.stopping;
    this.runningSince = clock.now();
    logger.log("info", "run begins");
    try {
      const blind = await this.testSelf(signal);
      // nobody is told that stacks failed which nobody began
      if (signal.aborted) return;
      const apply = this.options.apply && blind !== "all";
      const exitCode = await check({ apply, blind: blind === "all" ? new Set() : blind, signal });
      this.lastRun = { at: clock.now() };
      this.count(exitCode);
      logger.log(exitCode === 1 ? "error" : "info", "run ended", { exitCode });
    } catch (thrown) {
      const error = toAppError(thrown);
      this.lastRun = { at: clock.now(), error };
      this.count(1);
      logger.log("error", `the run could not begin: ${error.message}`, { code: error.code, hint: error.hint });
    } finally {
      this.runningSince = undefined;
    }
  }

  /** A detector that does not see what was planted must not decide what is applied. */
  private async testSelf(signal: AbortSignal): Promise<ReadonlySet<string> | "all"> {
    const { clock, logger, selfTest } = this.options;
    const { blind, error } = await selfTest(signal).catch((thrown: unknown) => ({
      ...{ blind: "all" as const, error: toAppError(thrown) },
    }));
    this.lastSelfTest = { at: clock.now(), error };
    if (error !== undefined) {
      const { code, hint } = error;
      logger.log("error", `nothing is applied where the self-test fails: ${error.message}`, { code, hint });
    }
    return blind;
  }

  private count(exitCode: ExitCode): void {
    this.runs.set(exitCode, (this.runs.get(exitCode) ?? 0) + 1);
  }
}
