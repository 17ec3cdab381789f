import { availableParallelism, homedir } from "node:os";
import type { Config } from "../../drift/config/config";
import { selfTestStack, type SelfTestResult } from "../../drift/self-test/self-test-stack";
import { selfTestError } from "../../drift/self-test/tell-self-test";
import { findStacks } from "../../drift/stacks/find-stacks";
import { synthesize } from "../../drift/stacks/synthesize";
import { secretHider } from "../../drift/terraform/secret-hider";
import { systemClock } from "../../platform/clock";
import { mapLimited } from "../../platform/map-limited";
import { userFolders } from "../../platform/user-folders";
import { terraformOptions } from "./terraform-options";

export interface SelfTestRequest {
  readonly config: Config;
  /** Names of stacks, or folders, written with a slash. Empty: all that are known. */
  readonly wanted: readonly string[];
  /** Counts more than the configuration's. */
  readonly terraformBin?: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** As soon as one has ended. */
  readonly onDone?: (result: SelfTestResult) => void;
}

/**
 * Proves of every stack that a run would see a drift and a due certificate. Errors: `self_test_failed`, naming the first
 * that did not pass; `invalid_argument`, `invalid_config`, `missing_file`, `missing_part`.
 */
export async function selfTestStacks(request: SelfTestRequest): Promise<void> {
  const { config, wanted, environment, signal, onDone } = request;
  const { synthesize: command, folder: cdktfFolder } = config.cdktf;
  if (command !== undefined) await synthesize(command, environment, signal);
  const stacks = await findStacks({ named: config.stacks, cdktfFolder, wanted });
  const options = {
    stateFolder: userFolders(environment, homedir()).state,
    terraform: terraformOptions({ ...request, hideSecrets: secretHider(environment) }),
    ...{ clock: systemClock, signal },
  };
  const concurrency = config.limits.concurrency ?? availableParallelism();
  const results = await mapLimited(stacks, concurrency, async (stack) => {
    const result = await selfTestStack(stack, options);
    onDone?.(result);
    return result;
  });
  const error = selfTestError(results);
  if (error !== undefined) throw error;
}
