/** Turns whatever an SDK client throws into our error. The SDK's object itself is not kept: it may quote the request. */
import { AppError, isAppError, messageOf, type ErrorCode } from "../platform/errors";

export interface CallDescription {
  /** In IAM's spelling, `acm:ImportCertificate`. */
  readonly action: string;
  /** ARN or name of what the call is about; "*" where it is about nothing in particular. */
  readonly resource: string;
  /** Whether the request holds a secret, so that a text of the service that may repeat it is not quoted. @default false */
  readonly holdsSecret?: boolean;
}

interface SdkFailure {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** A quota, not a pace. The SDK counts LimitExceededException as throttling, but ACM says it for a hard quota. */
const quotas = /^(LimitExceeded|ServiceQuotaExceeded|TooMany(Certificates|Tags|Listeners|LoadBalancers|TargetGroups))$/;

/**
 * Query services say Throttling, JSON services ThrottlingException, the tagging API ThrottledException. SQS says OverLimit
 * where too many messages were received and not deleted yet.
 */
const throttles =
  /^(Throttl(ing|ed)|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|BandwidthLimitExceeded|KmsThrottled|OverLimit)$/;

const denials = /^(AccessDenied|UnauthorizedOperation|NotAuthorized|OperationNotPermitted)$/;

/** SQS API reference, ReceiveMessage: what keeps SQS from using the key that a queue is encrypted with. */
const keyTroubles = /^Kms(AccessDenied|Disabled|InvalidState|InvalidKeyUsage|NotFound|OptInRequired)$/;

const badCredentials =
  /^(UnrecognizedClient|InvalidClientTokenId|ExpiredToken|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId)$/;

const networkCodes =
  /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_\w+)$/;

/** Failures that show that the request was never received. */
const neverSentCodes = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

export function translateError(error: unknown, call: CallDescription): AppError {
  if (isAppError(error)) return error;
  const failure = asFailure(error);
  const status = failure.$metadata?.httpStatusCode;
  const name = failure.name.replace(/Exception$/, "");
  const { code, text, hint, retryable } = classify(failure, name, status, call);
  const said = quotable(failure.message, call) && code !== "aws_throttled" ? `: ${tidy(failure.message)}` : "";
  return new AppError(code, text + said, {
    hint,
    retryable,
    facts: {
      action: call.action,
      resource: call.resource,
      error: failure.name,
      status,
      requestId: failure.$metadata?.requestId,
      neverSent: neverSentCodes.test(networkCode(failure) ?? ""),
    },
  });
}

interface Classified {
  readonly code: ErrorCode;
  readonly text: string;
  readonly hint?: string;
  readonly retryable?: boolean;
}

function classify(failure: SdkFailure, name: string, status: number | undefined, call: CallDescription): Classified {
  const { action, resource } = call;
  const on = resource === "*" ? "" : ` on ${resource}`;
  if (name === "CredentialsProviderError")
    return {
      code: "invalid_credentials",
      text: `there are no usable AWS credentials for ${action}`,
      hint: "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run it where a role is given",
    };
  if (failure.code === "ERR_INVALID_URL")
    return {
      code: "invalid_config",
      text: `the endpoint for ${action} is not a URL`,
      hint: "correct AWS_ENDPOINT_URL, or the one of that service, AWS_ENDPOINT_URL_SERVICE",
    };
  if (badCredentials.test(name))
    return {
      code: "invalid_credentials",
      text: `AWS did not accept the credentials for ${action}`,
      hint: "check the profile, the access key and whether the session is over",
    };
  if (quotas.test(name))
    return {
      code: "aws_quota",
      text: `an AWS quota is used up: ${action}${on} is refused`,
      hint: "delete what is not needed or ask for a higher quota in Service Quotas; trying again does not help",
    };
  if (throttles.test(name) || status === 429)
    return {
      code: "aws_throttled",
      text: `AWS throttled ${action}${on}`,
      hint: "other programs of this account use the same rate; try again later",
      retryable: true,
    };
  if (denials.test(name) || (status === 403 && name === "Error"))
    return {
      code: "aws_denied",
      text: `AWS denied ${action}${on}`,
      hint: `allow ${action} on this resource in the caller's IAM policy`,
    };
  if (keyTroubles.test(name))
    return {
      code: "aws_denied",
      text: `the key that encrypts ${resource} cannot be used for ${action}`,
      hint: "allow kms:Decrypt on it in the caller's IAM policy and in the key's, and see that it is enabled",
    };
  if (name === "ResourceInUse") return { code: "aws_in_use", text: `${resource} is in use, so ${action} is refused` };
  if (/NotFound$|DoesNotExist$|^NoSuch(HostedZone|Change|Distribution)$/.test(name))
    return { code: "aws_not_found", text: `${resource} was not found by ${action}` };
  // the SDK calls a connection that broke a timeout as well
  const broken = networkCode(failure);
  if (name === "TimeoutError" && (broken === undefined || broken === "ETIMEDOUT"))
    return { code: "timeout", text: `AWS gave no answer to ${action}${on} in time`, retryable: true };
  if (status === undefined && broken !== undefined)
    return { code: "network", text: `no answer from AWS to ${action}${on}`, retryable: true };
  return {
    code: "aws_request",
    text: `AWS refused ${action}${on} (${[failure.name, status].filter((part) => part !== undefined).join(", ")})`,
    retryable: (status ?? 0) >= 500 || name === "RequestInProgress" || name === "PriorRequestNotComplete",
  };
}

/** The system's code of a broken connection. Where the SDK wraps an error, the code is left in its text alone. */
function networkCode({ code, message }: SdkFailure): string | undefined {
  const found = code ?? /\bE[A-Z_]{4,}\b/.exec(message)?.[0] ?? (/socket hang up/.test(message) ? "ECONNRESET" : "");
  return networkCodes.test(found) ? found : undefined;
}

function asFailure(error: unknown): SdkFailure {
  if (error instanceof Error) return error;
  return { name: "Error", message: messageOf(error) };
}

/** Validation messages of AWS repeat the value they complain about: PEM, base64, or a list of octets. */
const mayBeSecret = /-----BEGIN|[A-Za-z0-9+/=_]{40,}|(\d+,\s*){16,}/;

function quotable(message: string, call: CallDescription): boolean {
  return message !== "" && !(call.holdsSecret && mayBeSecret.test(message));
}

function tidy(message: string): string {
  return message.trim().replace(/\.+$/, "");
}
