import { AppError } from "../../platform/errors";
import type { SelfTestResult } from "./self-test-stack";

/** A line for people. */
export function selfTestLine({ stack, planted, error }: SelfTestResult): string {
  if (error !== undefined) return `!! ${error.message}`;
  if (planted.length === 0)
    return `-- ${stack.name}: it holds no certificate and nothing with tags, so nothing was planted`;
  const seen = planted.map(({ kind, address }) => `the ${kind} in ${address}`).join(" and ");
  return `ok ${stack.name}: the plan of its copy shows ${seen}`;
}

/** Of all stacks; undefined where every one of them passed. */
export function selfTestError(results: readonly SelfTestResult[]): AppError | undefined {
  const [first, ...others] = results.flatMap(({ error }) => error ?? []);
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return new AppError("self_test_failed", first.message + more, { hint: first.hint, cause: first });
}
