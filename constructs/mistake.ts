import type { IConstruct } from "constructs";
import { AppError, type ErrorCode } from "../src/platform/errors";

export interface Mistake {
  /** What is wrong, with the value that is wrong unless it may be a secret. */
  readonly what: string;
  /** Where the rule comes from: RFC and section, or the vendor's page. */
  readonly source: string;
  /** The smallest change that makes it right. */
  readonly fix: string;
  /** @default "invalid_argument" */
  readonly code?: ErrorCode;
  readonly cause?: unknown;
}

/**
 * The error for a mistake in a declaration: construct path, rule, source and fix in one message, because nothing but
 * Node's own report of an uncaught error prints it when an app is synthesized.
 */
export function mistakeIn(scope: IConstruct, { what, source, fix, code, cause }: Mistake): AppError {
  return new AppError(code ?? "invalid_argument", `${scope.node.path}: ${what} (${source}); ${fix}`, {
    hint: fix,
    facts: { constructPath: scope.node.path, source },
    cause,
  });
}
