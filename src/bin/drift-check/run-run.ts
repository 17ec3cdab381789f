import { appendFile, readFile } from "node:fs/promises";
import { availableParallelism, homedir } from "node:os";
import type { Config } from "../../drift/config/config";
import { readConfig } from "../../drift/config/read-config";
import { toJunit } from "../../drift/report/junit";
import { toMarkdown } from "../../drift/report/markdown";
import { toMetrics } from "../../drift/report/metrics";
import { outcomeOf } from "../../drift/report/outcome-words";
import { checkFact } from "../../drift/report/check-fact";
import { toRunDocument } from "../../drift/report/run-document";
import { toText } from "../../drift/report/text";
import { runStacks, type DriftRun } from "../../drift/run/run-stacks";
import { exitCodeOfRun } from "../../drift/run/stack-report";
import { findStacks } from "../../drift/stacks/find-stacks";
import { synthesize } from "../../drift/stacks/synthesize";
import { secretHider } from "../../drift/terraform/secret-hider";
import type { VerifyServed } from "../../drift/verify/verify-served";
import { sleep, systemClock } from "../../platform/clock";
import { AppError, messageOf } from "../../platform/errors";
import { secureContextTrusting } from "../../platform/extra-authorities";
import { writeWhole } from "../../platform/report/write-whole";
import { userFolders } from "../../platform/user-folders";
import { parseConnectTo } from "../../rollout/connect-to";
import type { CommandManners } from "../command-manners";
import { openRecording } from "../open-recording";
import { ProgressLine } from "../progress-line";
import type * as Access from "../../aws/aws-access";
import type * as Verify from "../../drift/verify/verify-served";

export interface RunFlags {
  readonly apply?: true;
  readonly config?: string;
  readonly json?: string;
  readonly junit?: string;
  readonly summary?: string;
  readonly metrics?: string;
  readonly terraformBin?: string;
}

const minuteMs = 60_000;

/** What was told to stop gets as long as a certificate authority may take for an answer. */
const graceMs = 5 * minuteMs;

export async function runRun(wanted: readonly string[], flags: RunFlags, manners: CommandManners): Promise<void> {
  const config = await readConfig(flags.config);
  const environment = process.env;
  const stop = new AbortController();
  manners.onStopSignal(async (signal) => {
    manners.say(`${signal}: terraform is told to stop; what it has begun it brings to an end`);
    stop.abort();
  });
  const { limits, cdktf, follow, freezes } = config;
  if (cdktf.synthesize !== undefined) await synthesize(cdktf.synthesize, environment, stop.signal);
  const stacks = await findStacks({ named: config.stacks, cdktfFolder: cdktf.folder, wanted });
  const width = Math.max(...stacks.map(({ name }) => name.length));
  const progress = new ProgressLine(process.stderr);
  const recording = openRecording("drift-check", manners);
  const run = await runStacks(stacks, {
    apply: flags.apply ?? false,
    concurrency: limits.concurrency ?? availableParallelism(),
    stateFolder: userFolders(environment, homedir()).state,
    terraform: {
      program: flags.terraformBin ?? config.terraform,
      environment,
      lockSeconds: limits.lockSeconds,
      timeoutMs: limits.stepMinutes * minuteMs,
      graceMs,
      hideSecrets: secretHider(environment),
    },
    guards: { limits, freezes, followers: Object.fromEntries(follow.map((each) => [each.type, each.attributes])) },
    verify: flags.apply && config.verify.handshakes ? await verifier(config) : undefined,
    clock: systemClock,
    signal: stop.signal,
    onStep: ({ name }, step) => progress.show(`${name}: ${step}`),
    onDone: (report) => {
      progress.clear();
      manners.say(`${report.stack.name.padEnd(width)}  ${outcomeOf(report)}`);
    },
  });
  progress.clear();
  await recording.recorder.record(...run.reports.map(checkFact));
  await report(run, flags);
  await recording.close();
}

/** Errors: `missing_file`, `invalid_argument`. */
async function verifier({ verify: { roots, connectTo, waitSeconds } }: Config): Promise<VerifyServed> {
  const options = {
    connectTo: connectTo.map(parseConnectTo),
    trust: secureContextTrusting(roots === undefined ? undefined : await readRoots(roots)),
    ...{ clock: systemClock, sleep, waitMs: waitSeconds * 1000 },
  };
  // Loaded when there is something to verify: most runs apply nothing.
  return async (renewed, signal) => {
    const { verifyServed } = module.require("../../drift/verify/verify-served") as typeof Verify;
    const { AwsAccess } = module.require("../../aws/aws-access") as typeof Access;
    const opened: Access.AwsAccess[] = [];
    const access = (region: string) => {
      const made = new AwsAccess({ region });
      opened.push(made);
      return made;
    };
    try {
      return await verifyServed({ ...options, access })(renewed, signal);
    } finally {
      for (const each of opened) each.close();
    }
  };
}

async function readRoots(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read verify.roots: ${messageOf(error)}`, { cause: error });
  }
}

/** What people read comes first: it is there even where a file cannot be written. */
async function report(run: DriftRun, { json, junit, summary, metrics }: RunFlags): Promise<void> {
  process.exitCode = exitCodeOfRun(run.reports);
  process.stdout.write(toText(run));
  if (json !== undefined) await writeWhole(json, `${JSON.stringify(toRunDocument(run), undefined, 2)}\n`);
  if (junit !== undefined) await writeWhole(junit, toJunit(run));
  if (metrics !== undefined) await writeWhole(metrics, toMetrics(run));
  if (summary !== undefined) await appendFile(summary, toMarkdown(run));
}
