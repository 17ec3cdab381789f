/**
 * One run over stacks, as `run`, `approve` and `serve` make it once they know the configuration: find the stacks, run
 * them, then keep and tell what came of it. What people see of it on the way, and files they ask for, is the caller's.
 */
import { availableParallelism, homedir } from "node:os";
import type { Config } from "../../drift/config/config";
import { RunHistory } from "../../drift/history/run-history";
import { PendingPlans } from "../../drift/pending/pending-plans";
import { refusalFact } from "../../drift/report/approval-fact";
import { checkFact } from "../../drift/report/check-fact";
import { secretVariablesOf } from "../../drift/notify/notify-entry";
import type { RunStackOptions } from "../../drift/run/run-stack";
import { runStacks, type DriftRun } from "../../drift/run/run-stacks";
import type { StackReport } from "../../drift/run/stack-report";
import { findStacks } from "../../drift/stacks/find-stacks";
import type { Stack } from "../../drift/stacks/stack";
import { synthesize } from "../../drift/stacks/synthesize";
import { secretHider } from "../../drift/terraform/secret-hider";
import type * as ReadPolicy from "../../issuance/read-policy";
import { recordPolicy, type Judged } from "../../issuance/record-policy";
import type { Recorder } from "../../ledger/recorder";
import { systemClock } from "../../platform/clock";
import { toAppError, type AppError } from "../../platform/errors";
import { userFolders } from "../../platform/user-folders";
import type { EnforcedPolicy } from "../../policy/told-finding";
import { approvalOf, type GivenApproval } from "./approval-of";
import { certificateDetector } from "./certificate-detector";
import { listenerVerifier } from "./listener-verifier";
import { tellPeople } from "./tell-people";
import { terraformOptions } from "./terraform-options";

export interface CheckOptions {
  readonly config: Config;
  /** Names of stacks, or folders, written with a slash. Empty: all that are known. */
  readonly wanted: readonly string[];
  /** Whether safe plans are applied. */
  readonly apply: boolean;
  /** Applies the one plan that it names, in place of those that are safe. */
  readonly approval?: GivenApproval;
  /** As it was named on the command line; for commands that are told. */
  readonly configFile?: string;
  /** Counts more than the configuration's. */
  readonly terraformBin?: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  /** Hears of what could not be kept or told of the run; the run goes on. */
  readonly onTrouble: (error: AppError) => void;
  /** Stacks in which nothing is applied, whatever `apply` says. @default none */
  readonly isBlind?: (stack: Stack) => boolean;
  /** Before any of them is begun. */
  readonly onFound?: (stacks: readonly Stack[]) => void;
  readonly onStep?: RunStackOptions["onStep"];
  /** As soon as one has ended. */
  readonly onDone?: (report: StackReport) => void;
}

/**
 * What fails in a stack is in its report. Errors, before a stack is begun: `invalid_argument`, `invalid_config`,
 * `missing_file`, `missing_part`, `aborted`.
 */
export async function check(options: CheckOptions): Promise<DriftRun> {
  const { config, wanted, apply, approval, environment, recorder, signal, onTrouble } = options;
  const { limits, cdktf, follow, freezes, verify } = config;
  const policy = policyOf(config, environment);
  if (cdktf.synthesize !== undefined) await synthesize(cdktf.synthesize, environment, signal);
  const stacks = await findStacks({ named: config.stacks, cdktfFolder: cdktf.folder, wanted });
  options.onFound?.(stacks);
  const { state: stateFolder, cache } = userFolders(environment, homedir());
  const hideSecrets = secretHider(environment, secretVariablesOf(config.notify));
  const history = new RunHistory(stateFolder, systemClock);
  const trouble = (error: unknown) => onTrouble(toAppError(error));
  await new PendingPlans(stateFolder, systemClock).dropOld().catch(trouble);
  const detector = await certificateDetector(verify, cache, signal);
  const recorded: Promise<void>[] = [];
  const run = await runStacks(stacks, {
    apply,
    approval: approval && (await approvalOf(approval, history, options)),
    configFile: options.configFile,
    concurrency: limits.concurrency ?? availableParallelism(),
    stateFolder,
    terraform: terraformOptions({ ...options, hideSecrets }),
    guards: {
      ...{ limits, freezes, policy },
      followers: Object.fromEntries(follow.map((each) => [each.type, each.attributes])),
    },
    verify: (apply || approval !== undefined) && verify.handshakes ? await listenerVerifier(verify) : undefined,
    detect: detector.detect,
    clock: systemClock,
    signal,
    isBlind: options.isBlind,
    onStep: options.onStep,
    onDone: (report) => {
      // At once: what becomes of the other stacks, and of this process, does not undo it.
      if (hasActed(report)) recorded.push(recorder.record(checkFact(report)));
      options.onDone?.(report);
    },
  });
  detector.close();
  await history.write(run, config.history.runs).catch(trouble);
  await Promise.all(recorded);
  const others = run.reports.filter((report) => !hasActed(report));
  const refusals = approval === undefined ? [] : others.flatMap((report) => refusalFact(report, approval) ?? []);
  await recorder.record(...refusals, ...others.map(checkFact));
  await recordPolicy(run.reports.flatMap(judgedIn), { recorder, cacheFolder: cache, now: run.startedAt });
  await tellPeople(run, { notify: config.notify, environment, stateFolder, hideSecrets, onTrouble });
  return run;
}

function hasActed({ isApplied, failure }: StackReport): boolean {
  return isApplied || failure?.step === "apply";
}

/** Errors: those of `readPolicy`. */
function policyOf({ policy }: Config, { UNEXPIRED_POLICY: usual }: NodeJS.ProcessEnv): EnforcedPolicy | undefined {
  const chosen = policy ?? (usual ? { file: usual } : undefined);
  if (chosen === undefined) return undefined;
  // Not an import at the top: a run without a policy must not wait for YAML and zod.
  const { readPolicy } = module.require("../../issuance/read-policy") as typeof ReadPolicy;
  return readPolicy(chosen);
}

function judgedIn({ stack, policy = [] }: StackReport): Judged[] {
  return policy.map(({ subject, findings }) => ({ subject: { ...subject, stack: stack.name }, findings }));
}
