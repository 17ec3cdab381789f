/** Failures of PostgreSQL as errors of ours. SQLSTATE codes: PostgreSQL's documentation, appendix A. */
import { DatabaseError } from "pg";
import { AppError, messageOf, type ErrorCode } from "../errors";

/** Somebody else's transaction was in the way and nothing was done: a deadlock, or a serialization failure. */
const rolledBack = new Set(["40001", "40P01"]);

/** A setting the server or a pooler does not know, wrong user, password or database, no right, no such schema. */
const mistakes = [/^08P01$/, /^28/, /^3D000$/, /^3F000$/, /^42501$/, /^42704$/, /^22023$/];

/** An error of this code, unless it is one of ours already. The text is PostgreSQL's own, without statements. */
export function postgresError(error: unknown, code: ErrorCode): AppError {
  if (error instanceof AppError) return error;
  const sqlState = sqlStateOf(error);
  return new AppError(code, `PostgreSQL cannot be used: ${messageOf(error)}`, {
    retryable: true,
    facts: sqlState === undefined ? {} : { sqlState },
    cause: error,
  });
}

export function isRolledBack({ facts }: AppError): boolean {
  return typeof facts.sqlState === "string" && rolledBack.has(facts.sqlState);
}

/** Whether it will not go away by waiting. */
export function isMistake(error: AppError): boolean {
  const { sqlState } = error.facts;
  return (
    error.code === "invalid_config" || (typeof sqlState === "string" && mistakes.some((one) => one.test(sqlState)))
  );
}

/** Errors of the network have codes, too: of `pg`, only those that the server sent count. */
function sqlStateOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}
