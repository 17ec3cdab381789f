import { AppError, toAppError } from "../../platform/errors";

export const again = "run the same command again: it goes on from here";

/**
 * For `catch`: the same error, which says as well what is true now and, where it has no hint of its own, what to do.
 * `more`: facts that it has from now on.
 */
export function sayingNow(truth: string, more: AppError["facts"] = {}): (thrown: unknown) => never {
  return (thrown) => {
    const error = toAppError(thrown);
    const { code, message, retryable, retryAfterMs, facts } = error;
    throw new AppError(code, `${message}; ${truth}`, {
      ...{ retryable, retryAfterMs, facts: { ...facts, ...more }, cause: error },
      hint: error.hint ?? again,
    });
  };
}
