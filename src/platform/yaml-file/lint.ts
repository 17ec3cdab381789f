/** What a file without mistakes may say against the mind of its author, and how that is told. */
import { aligned } from "../report/aligned";
import type { LocatedYaml, YamlPath } from "./located-yaml";

/**
 * `error`: it can never do what it says. `warning`: it probably does something else than was meant. `note`: fine if it
 * is meant, and worth knowing.
 */
export type LintLevel = "error" | "warning" | "note";

/** What a rule finds. */
export interface LintFinding {
  readonly level: LintLevel;
  /** The value to blame. */
  readonly path: YamlPath;
  /** Something else in the file that it is to be compared with. */
  readonly otherPath?: YamlPath;
  /** What is wrong, lower case, without a final stop. */
  readonly message: string;
  /** The smallest change that mends it. */
  readonly fix: string;
}

/** One thing to look at, where it stands. */
export interface Lint {
  readonly rule: string;
  readonly level: LintLevel;
  /** Counted from 1, as is the column. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
  /** Where that stands that it is to be compared with. */
  readonly otherLine?: number;
}

export function locateLint(rule: string, finding: LintFinding, yaml: LocatedYaml): Lint {
  const { level, path, message, fix, otherPath } = finding;
  const { line, column } = yaml.problem(path, message);
  const otherLine = otherPath === undefined ? undefined : yaml.problem(otherPath, message).line;
  return { rule, level, line, column, message, fix, ...(otherLine === undefined ? {} : { otherLine }) };
}

/** In the order of the file. */
export function inFileOrder(lints: readonly Lint[]): Lint[] {
  return [...lints].sort((left, right) => left.line - right.line || left.column - right.column);
}

/** Whether a check of the file is passed: errors fail it, with `strict` warnings, too. Notes never do. */
export function isLintPassed(lints: readonly Lint[], strict: boolean): boolean {
  return !lints.some(({ level }) => level === "error" || (strict && level === "warning"));
}

/** Lints for people, each with its fix below it, and their count in a last line that ends with `summary`. */
export function lintText(file: string, lints: readonly Lint[], summary: string): string {
  const rows = lints.flatMap(({ line, column, level, rule, message, fix, otherLine }) => [
    [`${file}:${line}:${column}`, level, rule, otherLine === undefined ? message : `${message} (line ${otherLine})`],
    ["", "", "", `fix: ${fix}`],
  ]);
  const counts = (["error", "warning", "note"] as const).flatMap((level) => {
    const count = lints.filter((lint) => lint.level === level).length;
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? "" : "s"}`];
  });
  const found = counts.length === 0 ? "no mistakes" : counts.join(", ");
  return [...aligned(rows), `${file}: ${found} (${summary})`, ""].join("\n");
}
