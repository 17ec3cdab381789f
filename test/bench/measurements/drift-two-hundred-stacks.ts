/** 200 stacks with nothing to do, two at a time, beside the same words said to terraform by nobody in particular. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { mapLimited } from "../../../src/platform/map-limited";
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn, timed } from "../rounds";
import { costOfDriftCheck } from "../support/drift-check";

const run = promisify(execFile);

export const benchmark: Benchmark = {
  subject: "drift-check run of 200 stacks",
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), "two-hundred-stacks-"));
    const env = { PATH: process.env.PATH, HOME: folder, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    try {
      const stacks = await appliedStacks(folder, env);
      const { terraform, ours } = await mediansInTurn(
        {
          terraform: () => timed(() => mapLimited(stacks, availableParallelism(), (stack) => planned(stack, env))),
          ours: async () => (await costOfDriftCheck({ folder, environment: env }, stacks)).wallMs,
        },
        { rounds: 1, warmUp: 0 },
      );
      const baseline = { name: "bare terraform", value: terraform / 1000, ours: ours / 1000, unit: "s" };
      return [ratio("drift-200-stacks", { atMost: 1.15 }, baseline)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** All of them copies of one that was applied. */
async function appliedStacks(folder: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const first = join(folder, "stack-0");
  mkdirSync(first);
  writeFileSync(join(first, "main.tf"), 'resource "terraform_data" "service" { input = "served" }\n');
  for (const args of [["init"], ["apply", "-auto-approve"]]) await run("terraform", args, { cwd: first, env });
  const more = Array.from({ length: 199 }, (_, index) => join(folder, `stack-${index + 1}`));
  for (const stack of more) cpSync(first, stack, { recursive: true });
  return [first, ...more];
}

async function planned(cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  await run("terraform", ["init", "-no-color", "-input=false"], { cwd, env });
  await run("terraform", ["plan", "-no-color", "-input=false", "-out=bare.plan"], { cwd, env });
  await run("terraform", ["show", "-no-color", "-json", "bare.plan"], { cwd, env, maxBuffer: 1 << 26 });
}
