import { isAppError, type AppError } from "../platform/errors";

/** What somebody wrote on the command line cannot be right, whatever there is: exit code 64. */
export class UsageMistake extends Error {
  override readonly name = "UsageMistake";

  constructor(readonly mistake: AppError) {
    super(mistake.message, { cause: mistake });
  }
}

/** For what is parsed where a command runs, since its parser is too much to load for help. Errors: `UsageMistake`. */
export function fromCommandLine<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw isAppError(error) ? new UsageMistake(error) : error;
  }
}
