import { isAppError } from "../platform/errors";
import { isLintPassed, lintText, type Lint } from "../platform/yaml-file/lint";
import { LocatedYaml, type LocatedProblem } from "../platform/yaml-file/located-yaml";
import { refusal } from "../platform/yaml-file/parse-shape";
import { lintPolicy } from "./lint/lint-policy";
import { parsePolicy } from "./parse-policy";
import { waiversInForce, type ReportedWaiver } from "./reported-waiver";

/** What there is to say about a policy file. With mistakes it cannot be used, and is not looked at further. */
export interface PolicyCheck {
  readonly file: string;
  readonly owners: number;
  readonly entries: number;
  readonly mistakes: readonly LocatedProblem[];
  readonly lints: readonly Lint[];
  /** In force at the time of the check. */
  readonly waivers: readonly ReportedWaiver[];
}

export function checkPolicy(file: string, text: string, now: Date): PolicyCheck {
  const yaml = new LocatedYaml(text);
  try {
    const policy = parsePolicy(text, file, yaml);
    const { owners = [], certificates = [], attachments = [], windows, freezes } = policy;
    const entries = [certificates, attachments, windows, freezes].flat().length;
    const lints = lintPolicy(policy, yaml, now);
    return { file, owners: owners.length, entries, mistakes: [], lints, waivers: waiversInForce(policy, now) };
  } catch (error) {
    if (!isAppError(error, "invalid_config")) throw error;
    const mistakes = error.facts.problems as readonly LocatedProblem[];
    return { file, owners: 0, entries: 0, mistakes, lints: [], waivers: [] };
  }
}

/** A mistake or an error fails the check; with `strict` a warning does, too. Notes never do. */
export function isPassed({ mistakes, lints }: PolicyCheck, strict: boolean): boolean {
  return mistakes.length === 0 && isLintPassed(lints, strict);
}

/** The check for people. Errors: `invalid_config`, with a line for every mistake. */
export function checkText({ file, owners, entries, mistakes, lints, waivers }: PolicyCheck): string {
  if (mistakes.length > 0) throw refusal(file, mistakes);
  const counts = `owners: ${owners}, entries: ${entries}, waivers: ${waivers.length}`;
  return [...waivers.map(({ text }) => `waiver: ${text}\n`), lintText(file, lints, counts)].join("");
}
