/**
 * The one error type of the project. Everything a user can meet carries a stable code, says what failed on which
 * thing, and, where there is one, the way out. Messages are lower case, without a final stop and without secrets.
 */

/** Every code, once. Codes are part of the public contract: add, never rename. */
export type ErrorCode =
  // input and configuration
  | "invalid_argument"
  | "invalid_config"
  | "invalid_domain_name"
  | "invalid_credentials"
  | "not_granted"
  | "policy_denied"
  | "missing_file"
  | "missing_part"
  // platform
  | "aborted"
  | "timeout"
  | "network"
  | "locked"
  | "store_unreadable"
  | "store_unwritable"
  | "chain_broken"
  | "coordination_unavailable"
  | "ledger_unavailable"
  | "queue_not_read"
  | "push_refused"
  | "internal"
  // ACME
  | "acme_directory"
  | "acme_problem"
  | "acme_rate_limited"
  | "acme_account"
  | "acme_order_invalid"
  | "acme_challenge_failed"
  | "acme_chain"
  | "acme_already_replaced"
  // DNS and Edge DNS
  | "dns_lookup"
  | "dns_not_propagated"
  | "dns_zone_not_found"
  | "dns_conflict"
  | "dns_caa_forbids"
  | "edge_dns_problem"
  | "edge_dns_denied"
  | "edge_dns_busy"
  // certificates
  | "certificate_malformed"
  | "certificate_mismatch"
  | "certificate_reimport_refused"
  | "certificate_duplicate"
  | "certificate_unusable"
  | "certificate_not_revocable"
  // AWS
  | "aws_request"
  | "aws_denied"
  | "aws_throttled"
  | "aws_quota"
  | "aws_not_found"
  | "aws_in_use"
  | "aws_wrong_account"
  | "aws_ambiguous"
  // listeners
  | "handshake_failed"
  // drift-check
  | "renewal_missed"
  | "certificate_expired"
  | "certificate_differs"
  | "self_test_failed"
  | "terraform_failed"
  | "plan_unreadable"
  | "plan_not_settled"
  | "notification_failed"
  | "plan_changed"
  | "run_not_found"
  // Terraform provider
  | "provider_handshake"
  | "provider_value";

export interface AppErrorOptions {
  /** What the user can do about it, one short sentence. */
  readonly hint?: string;
  /** Whether the same call may succeed if tried again. @default false */
  readonly retryable?: boolean;
  /** How long the other side asked us to wait before another try, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Facts for programs (status, name, ARN …); never a secret. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export class AppError extends Error {
  override readonly name = "AppError";
  readonly hint?: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.facts = options.facts ?? {};
  }
}

export function isAppError(value: unknown, code?: ErrorCode): value is AppError {
  return value instanceof AppError && (code === undefined || value.code === code);
}

/** The message of anything thrown; for texts that quote a cause. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "")
    return error.errors.map((inner) => messageOf(inner)).join("; ");
  return error instanceof Error ? error.message : String(error);
}

/** Wraps what is not ours yet, so that every path ends in an AppError. */
export function toAppError(error: unknown, code: ErrorCode = "internal"): AppError {
  return error instanceof AppError ? error : new AppError(code, messageOf(error), { cause: error });
}
