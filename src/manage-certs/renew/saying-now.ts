import { AppError, toAppError } from "../../platform/errors";

export const again = "run the same command again: it goes on from here";

/** For `catch`: the same error, which says as well what is true now and, where it has no hint of its own, what to do. */
export function sayingNow(truth: string, hint = again): (thrown: unknown) => never {
  return (thrown) => {
    const error = toAppError(thrown);
    const { code, message, retryable, retryAfterMs, facts } = error;
    throw new AppError(code, `${message}; ${truth}`, {
      ...{ retryable, retryAfterMs, facts, cause: error },
      hint: error.hint ?? hint,
    });
  };
}
