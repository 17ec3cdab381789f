import { realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../platform/clock";
import { AppError, toAppError } from "../../platform/errors";
import { readPlan } from "../plan/read-plan";
import { inStackPlace, type StackPlace } from "../run/stack-place";
import type { Stack } from "../stacks/stack";
import { Terraform, type TerraformOptions } from "../terraform/terraform";
import { plantIn, type Planted } from "./plant";
import { makeScratchStack } from "./scratch-stack";
import { unseenInPlan } from "./unseen-in-plan";

export interface SelfTestOptions {
  readonly stateFolder: string;
  readonly terraform: Omit<TerraformOptions, "folder" | "outputFolder" | "lockDescriptor">;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What came of one stack. */
export interface SelfTestResult {
  readonly stack: Stack;
  /** Empty where the stack holds neither a certificate nor anything with tags. */
  readonly planted: readonly Planted[];
  /** `self_test_failed`: something was not seen, or nobody can tell. */
  readonly error?: AppError;
}

/**
 * Plants a drift and a due certificate in a copy of the stack's state, and plans there as a run would: both must show.
 * Nothing is written to the stack's folder or its backend but what `terraform init` writes. Never rejects.
 */
export async function selfTestStack(stack: Stack, options: SelfTestOptions): Promise<SelfTestResult> {
  try {
    const planted = await inStackPlace(stack, options.stateFolder, (place) => plantAndPlan(stack, place, options));
    return { stack, planted };
  } catch (thrown) {
    const cause = toAppError(thrown);
    if (cause.code === "self_test_failed") return { stack, planted: [], error: cause };
    const message = `the self-test of ${stack.name} came to no end: ${cause.message}`;
    return { stack, planted: [], error: new AppError("self_test_failed", message, { hint: cause.hint, cause }) };
  }
}

async function plantAndPlan(stack: Stack, place: StackPlace, options: SelfTestOptions): Promise<readonly Planted[]> {
  const { clock, signal } = options;
  const { workFolder: outputFolder, lockDescriptor } = place;
  const terraform = (folder: string, environment = options.terraform.environment) =>
    new Terraform({ ...options.terraform, folder, environment, outputFolder, lockDescriptor });
  const own = terraform(stack.folder);
  await own.init(signal);
  const { text: state, planted } = plantIn(await own.pullState(signal), clock.now());
  if (planted.length === 0) return planted;
  const stackFolder = await realpath(stack.folder);
  const { environment } = options.terraform;
  const scratch = await makeScratchStack({ stackFolder, workFolder: place.workFolder, state, environment });
  const inScratch = terraform(scratch.folder, scratch.environment);
  await inScratch.init(signal);
  await scratch.requireOwnBackend();
  const file = join(place.workFolder, "tfplan");
  await inScratch.plan(file, signal);
  const unseen = unseenInPlan(readPlan(await inScratch.show(file, signal)), planted);
  if (unseen.length === 0) return planted;
  const what = unseen.map(({ kind, address }) => `the ${kind} in ${address}`).join(" and ");
  throw new AppError(
    "self_test_failed",
    `the self-test of ${stack.name} planted ${what}, and the plan does not show it`,
    {
      hint: "see whether plans are made without a refresh (TF_CLI_ARGS_plan), and with which provider",
    },
  );
}
