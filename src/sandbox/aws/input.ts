/** Typed access to the input of a request, whichever protocol it came in. */
import { AwsError } from "./aws-error";

export type Input = Readonly<Record<string, unknown>>;

export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

export function text(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === "")
    throw new AwsError(
      "ValidationException",
      `Value at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
}

/** Numbers come as such in JSON, as digits in forms. */
export function optionalNumber(input: Input, name: string): number | undefined {
  const value = input[name];
  return value === undefined ? undefined : Number(value);
}

/** Flags come as such in JSON, as texts in forms. */
export function optionalFlag(input: Input, name: string): boolean | undefined {
  const value = input[name];
  return value === undefined || value === null ? undefined : value === true || value === "true";
}

export function list(input: Input, name: string): readonly unknown[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

export function texts(input: Input, name: string): readonly string[] {
  return list(input, name).filter((item) => typeof item === "string");
}

/** Lists of a request have a largest length. */
export function atMost<T>(largest: number, given: readonly T[], name: string): readonly T[] {
  if (given.length <= largest) return given;
  throw new AwsError(
    "ValidationError",
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${largest}`,
  );
}

export function records(input: Input, name: string): readonly Input[] {
  return list(input, name).filter((item): item is Input => typeof item === "object" && item !== null);
}

export function record(input: Input, name: string): Input {
  const value = input[name];
  return typeof value === "object" && value !== null ? (value as Input) : {};
}

/** The `Key`/`Value` pairs of a tag list. */
export function tagPairs(input: Input, name = "Tags"): [string, string][] {
  return records(input, name).map((tag) => [text(tag, "Key"), optionalText(tag, "Value") ?? ""]);
}
