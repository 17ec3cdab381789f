import { isAppError } from "../../platform/errors";
import { lintPolicy, type Lint } from "../policy-file/lint/lint-policy";
import { LocatedYaml, type LocatedProblem } from "../../platform/yaml-file/located-yaml";
import { parsePolicyFile } from "../policy-file/parse-policy-file";
import { refusal } from "../../platform/yaml-file/parse-shape";
import { aligned } from "./aligned";

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
  return mistakes.length === 0 && !lints.some(({ level }) => level === "error" || (strict && level === "warning"));
}

/** The check for people. Errors: `invalid_config`, with a line for every mistake. */
export function checkText(check: PolicyCheck): string {
  const { file, clients, grants, mistakes, lints } = check;
  if (mistakes.length > 0) throw refusal(file, mistakes);
  const rows = lints.flatMap(({ line, column, level, rule, message, fix, otherLine }) => [
    [`${file}:${line}:${column}`, level, rule, otherLine === undefined ? message : `${message} (line ${otherLine})`],
    ["", "", "", `fix: ${fix}`],
  ]);
  const counts = (["error", "warning", "note"] as const).flatMap((level) => {
    const count = lints.filter((lint) => lint.level === level).length;
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? "" : "s"}`];
  });
  const found = counts.length === 0 ? "no mistakes" : counts.join(", ");
  return `${aligned(rows)}${file}: ${found} (clients: ${clients}, grants: ${grants})\n`;
}
