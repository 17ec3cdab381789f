import { homedir } from "node:os";
import { readConfig } from "../../drift/config/read-config";
import { RunHistory } from "../../drift/history/run-history";
import { PendingPlans } from "../../drift/pending/pending-plans";
import { exitCodeOfRun, type ExitCode } from "../../drift/run/stack-report";
import type { SelfTestResult } from "../../drift/self-test/self-test-stack";
import { selfTestError, selfTestLine } from "../../drift/self-test/tell-self-test";
import { DriftDaemon, type CheckRequest, type SelfTestOutcome } from "../../drift/serve/drift-daemon";
import { startServer } from "../../drift/serve/http/start-server";
import { routesOf } from "../../drift/serve/routes";
import { Schedule } from "../../drift/serve/schedule";
import { StatusSource } from "../../drift/serve/status-source";
import { usualRecorder } from "../../ledger/usual-recorder";
import { sleep, systemClock } from "../../platform/clock";
import { AppError, isAppError, toAppError } from "../../platform/errors";
import { jsonLinesLogger, standardOutputLines } from "../../platform/json-lines-logger";
import type { Logger, LogLevel } from "../../platform/log";
import { writePrivateFile } from "../../platform/private-file";
import { userFolders } from "../../platform/user-folders";
import type { CommandManners } from "../command-manners";
import { ownBuild } from "../own-build";
import { check } from "./check";
import { openDashboards, type DashboardFlags } from "./open-dashboards";
import { selfTestStacks } from "./self-test-stacks";

export interface ServeFlags extends DashboardFlags {
  readonly schedule: string;
  readonly timeZone: string;
  /** In milliseconds. */
  readonly jitter: number;
  readonly apply?: true;
  readonly listen: { readonly host: string; readonly port: number };
  readonly name: readonly string[];
  readonly config?: string;
  readonly terraformBin?: string;
  readonly readyFile?: string;
  readonly logLevel: LogLevel;
}

/** Errors: `invalid_argument`, `invalid_config`, `missing_file`, `network`. Then nothing has been started. */
export async function runServe(wanted: readonly string[], flags: ServeFlags, manners: CommandManners): Promise<void> {
  const logger = jsonLinesLogger(standardOutputLines().write, { level: flags.logLevel });
  const schedule = scheduleOf(flags);
  const { policy } = await readConfig(flags.config);
  const stateFolder = userFolders(process.env, homedir()).state;
  const history = new RunHistory(stateFolder, systemClock);
  const daemon = new DriftDaemon({
    ...{ schedule, jitterMs: flags.jitter, random: Math.random, clock: systemClock, sleep, logger },
    apply: flags.apply ?? false,
    check: (request) => checkNow(request, wanted, flags, logger),
    selfTest: (signal) => selfTestNow(signal, wanted, flags, logger),
  });
  const dashboards = openDashboards({ ...flags, policy: flags.policy ?? policy?.file });
  const status = new StatusSource({
    ...{ daemon, history, clock: systemClock, applies: flags.apply ?? false, schedule },
    pending: new PendingPlans(stateFolder, systemClock),
    onRun: (run) => dashboards.probes.add(run),
  });
  const shown = dashboards.source(status);
  const routes = routesOf(status, shown);
  const server = await startServer({ ...flags.listen, names: flags.name, routes, logger });
  await shown.readOn();
  const ready = { host: server.host, port: server.port };
  daemon.start(await lastRunAt(history, logger));
  process.on("SIGHUP", () => void checkConfig(flags.config, logger));
  manners.onStopSignal(async (signal) => {
    logger.log("info", "stopping: terraform is told to stop; what it has begun it brings to an end", { signal });
    await daemon.stop();
    await server.close();
    await dashboards.close();
    logger.log("info", "stopped");
  });
  logger.log("info", "ready", { ...ready, nextRun: daemon.state.nextRunAt?.toISOString() });
  if (flags.readyFile !== undefined) await writePrivateFile(flags.readyFile, `${JSON.stringify(ready)}\n`);
}

/** Errors: `invalid_argument`. */
function scheduleOf({ schedule: text, timeZone, jitter }: ServeFlags): Schedule {
  const schedule = new Schedule(text, timeZone);
  const first = schedule.next(systemClock.now());
  const second = first && schedule.next(first);
  if (first !== undefined && second !== undefined && second.getTime() - first.getTime() <= jitter)
    throw new AppError("invalid_argument", `--jitter is as long as the time between two runs of ${text}`, {
      hint: "make it shorter: a run that begins so late would be taken for the next one",
    });
  return schedule;
}

/** Reads the configuration anew. Errors: those of `check`. */
async function checkNow(
  { apply, blind, signal }: CheckRequest,
  wanted: readonly string[],
  flags: ServeFlags,
  logger: Logger,
): Promise<ExitCode> {
  const config = await readConfig(flags.config);
  const warn = ({ code, message, hint }: AppError) => logger.log("error", message, { code, hint });
  const recorder = usualRecorder({
    ...{ environment: process.env, homeFolder: homedir() },
    program: `drift-check ${ownBuild().version}`,
    onFailure: warn,
  });
  try {
    const run = await check({
      ...{ config, configFile: flags.config, wanted, apply, terraformBin: flags.terraformBin },
      ...{ environment: process.env, recorder, signal, onTrouble: warn },
      isBlind: ({ folder }) => blind.has(folder),
      onStep: ({ name }, step) => logger.log("debug", "step", { stack: name, step }),
      onDone: ({ stack, verdict, isApplied, failure }) =>
        logger.log(failure === undefined ? "info" : "error", "stack", {
          ...{ stack: stack.name, verdict, applied: isApplied },
          ...(failure !== undefined && { step: failure.step, code: failure.error.code, error: failure.error.message }),
        }),
    });
    return exitCodeOfRun(run.reports);
  } finally {
    await recorder.close();
  }
}

/** A stack that does not pass stops no other. Errors: those of `selfTestStacks`, but for what the self-test itself found. */
async function selfTestNow(
  signal: AbortSignal,
  wanted: readonly string[],
  { config: file, terraformBin }: ServeFlags,
  logger: Logger,
): Promise<SelfTestOutcome> {
  const results: SelfTestResult[] = [];
  const onDone = (result: SelfTestResult) => {
    results.push(result);
    logger.log(result.error === undefined ? "info" : "error", selfTestLine(result), { stack: result.stack.name });
  };
  const config = await readConfig(file);
  const request = { config, wanted, terraformBin, environment: process.env, signal, onDone };
  await selfTestStacks(request).catch((error: unknown) => {
    if (!isAppError(error, "self_test_failed")) throw error;
  });
  const failed = results.filter(({ error }) => error !== undefined);
  return { blind: new Set(failed.map(({ stack }) => stack.folder)), error: selfTestError(results) };
}

/** A history that cannot be read is no reason not to run: the run is made up. */
async function lastRunAt(history: RunHistory, logger: Logger): Promise<Date | undefined> {
  try {
    const latest = await history.latest();
    return latest && new Date(latest.document.at);
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    logger.log("error", message, { code });
    return undefined;
  }
}

/** For those who have just changed the file: whether the next run will take it. */
async function checkConfig(file: string | undefined, logger: Logger): Promise<void> {
  try {
    await readConfig(file);
    logger.log("info", "the configuration can be used, the next run does");
  } catch (thrown) {
    const { code, message, hint } = toAppError(thrown);
    logger.log("error", `the configuration cannot be used, and the next run will not begin: ${message}`, {
      code,
      hint,
    });
  }
}
