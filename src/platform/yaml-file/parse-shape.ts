import type { z } from "zod";
import { AppError } from "../errors";
import { didYouMean } from "./did-you-mean";
import type { LocatedYaml, LocatedProblem } from "./located-yaml";

/** The keys each mapping of a file knows, by the path to it with list positions left out; for suggestions. */
export type KnownKeys = Readonly<Record<string, readonly string[]>>;

/** Reads a YAML file of this shape. Errors: `invalid_config`, which lists every mistake with its line and column. */
export function parseShape<T>(yaml: LocatedYaml, fileName: string, shape: z.ZodType<T>, knownKeys: KnownKeys): T {
  if (yaml.problems.length > 0) throw refusal(fileName, yaml.problems);
  const value = yaml.value ?? {};
  const shaped = shape.safeParse(value);
  if (shaped.success) return shaped.data;
  throw refusal(
    fileName,
    shaped.error.issues.flatMap((issue) => explain(yaml, value, issue, knownKeys)),
  );
}

/** Mistakes of a file as one error, a line each, in the file's order. */
export function refusal(fileName: string, problems: readonly LocatedProblem[]): AppError {
  const sorted = [...problems].sort((left, right) => left.line - right.line || left.column - right.column);
  const lines = sorted.map(
    ({ line, column, message, hint }) => `${fileName}:${line}:${column}: ${message}${hint ? `; ${hint}` : ""}`,
  );
  return new AppError("invalid_config", lines.join("\n"), { facts: { problems: sorted } });
}

function explain(yaml: LocatedYaml, value: unknown, issue: z.core.$ZodIssue, knownKeys: KnownKeys): LocatedProblem[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
  const words = path.filter((step) => typeof step === "string");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) =>
      yaml.problemAtKey(path, key, `unknown key "${key}"`, didYouMean(key, knownKeys[words.join(".")] ?? [])),
    );
  const place = path.length === 0 ? "the value" : path.join(".").replace(/\.(\d+)/g, "[$1]");
  const found = valueAt(value, path);
  const hint = issue.code === "invalid_value" ? didYouMean(String(found), issue.values.map(String)) : undefined;
  const missing = found === undefined && (issue.code === "invalid_type" || issue.code === "invalid_union");
  return [yaml.problem(path, missing ? `${place} is missing` : `${place}: ${lowerFirst(issue.message)}`, hint)];
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | undefined)?.[step], value);
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
