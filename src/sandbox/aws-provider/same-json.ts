import { isDeepStrictEqual } from "node:util";
import { AppError } from "../../platform/errors";

/** Documents stay as they were written, as long as the answer means the same. */
export function sameJson(answered: string, written: string | null): string {
  if (written === null) return answered;
  return isDeepStrictEqual(parse(answered), parse(written)) ? written : answered;
}

/** A validator, as hashicorp/aws refuses documents that are none. */
export function isJson(text: string): void {
  if (parse(text) === undefined) throw new AppError("invalid_argument", "must be JSON");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
