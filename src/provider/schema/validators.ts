/** Rules that many attributes share. Domain rules are parse functions of the domain: `validate: parseDomainName`. */
import { AppError } from "../../platform/errors";
import type { Validator } from "./attributes";

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** A whole number within bounds, both included. */
export function integerBetween({ min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: Bounds) {
  return ((value: number) => {
    if (!Number.isInteger(value) || value < min || value > max)
      throw new AppError("invalid_argument", `must be a whole number from ${min} to ${max}, got ${value}`);
  }) satisfies Validator<number>;
}

/** How many elements a list, set or map has, bounds included. */
export function itemCount({ min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds) {
  return (value: readonly unknown[] | Readonly<Record<string, unknown>>) => {
    const count = Object.keys(value).length;
    if (count < min) throw new AppError("invalid_argument", `must have at least ${min} elements, has ${count}`);
    if (count > max) throw new AppError("invalid_argument", `must have at most ${max} elements, has ${count}`);
  };
}

export function notEmpty(value: string): void {
  if (value.trim() === "") throw new AppError("invalid_argument", "must not be empty");
}

/** A text of the given form; `described` completes "must be". */
export function matching(form: RegExp, described: string): Validator<string> {
  return (value) => {
    if (!form.test(value)) throw new AppError("invalid_argument", `must be ${described}, got ${JSON.stringify(value)}`);
  };
}
