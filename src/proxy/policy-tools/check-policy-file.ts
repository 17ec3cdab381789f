import { isAppError } from "../../platform/errors";
import { lintPolicy } from "../policy-file/lint/lint-policy";
import { isLintPassed, lintText, type Lint } from "../../platform/yaml-file/lint";
import { LocatedYaml, type LocatedProblem } from "../../platform/yaml-file/located-yaml";
import { parsePolicyFile } from "../policy-file/parse-policy-file";
import { refusal } from "../../platform/yaml-file/parse-shape";

/** What there is to say about a policy file. With mistakes it cannot be served, and is not looked at further. */
export interface PolicyCheck {
  readonly file: string;
  readonly clients: number;
  readonly grants: number;
  readonly mistakes: readonly LocatedProblem[];
  readonly lints: readonly Lint[];
}

/** Pure: nothing that the file names is read. */
export function checkPolicyFile(file: string, text: string, now: Date): PolicyCheck {
  const yaml = new LocatedYaml(text);
  try {
    const { policy } = parsePolicyFile(text, file, yaml);
    const lints = lintPolicy(policy, yaml, now);
    return { file, clients: policy.clients.length, grants: policy.grants.length, mistakes: [], lints };
  } catch (error) {
    if (!isAppError(error, "invalid_config")) throw error;
    return { file, clients: 0, grants: 0, mistakes: error.facts.problems as readonly LocatedProblem[], lints: [] };
  }
}

/** A mistake or an error fails the check; with `strict` a warning does, too. Notes never do. */
export function isPassed({ mistakes, lints }: PolicyCheck, strict: boolean): boolean {
  return mistakes.length === 0 && isLintPassed(lints, strict);
}

/** The check for people. Errors: `invalid_config`, with a line for every mistake. */
export function checkText({ file, clients, grants, mistakes, lints }: PolicyCheck): string {
  if (mistakes.length > 0) throw refusal(file, mistakes);
  return lintText(file, lints, `clients: ${clients}, grants: ${grants}`);
}
