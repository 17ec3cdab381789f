import { AppError } from "../../../src/platform/errors";
import { translateError } from "../../../src/aws/translate-error";

const call = { action: "acm:ImportCertificate", resource: "arn:aws:acm:us-east-1:111122223333:certificate/1" };

function sdkError(name: string, status?: number, message = "told by AWS.", code?: string): Error {
  const metadata = { httpStatusCode: status, requestId: "request-1" };
  return Object.assign(new Error(message), { name, code, $metadata: metadata });
}

test.each([
  ["AccessDeniedException", 400, "aws_denied", false],
  ["AccessDenied", 403, "aws_denied", false],
  ["OperationNotPermittedException", 400, "aws_denied", false],
  ["KmsAccessDenied", 400, "aws_denied", false],
  ["KmsDisabled", 400, "aws_denied", false],
  ["KmsThrottled", 400, "aws_throttled", true],
  ["OverLimit", 403, "aws_throttled", true],
  ["QueueDoesNotExist", 400, "aws_not_found", false],
  ["ThrottlingException", 400, "aws_throttled", true],
  ["Throttling", 400, "aws_throttled", true],
  ["ThrottledException", 400, "aws_throttled", true],
  ["TooManyRequestsException", 429, "aws_throttled", true],
  ["Unknown", 429, "aws_throttled", true],
  ["LimitExceededException", 400, "aws_quota", false],
  ["ServiceQuotaExceededException", 400, "aws_quota", false],
  ["TooManyCertificatesException", 400, "aws_quota", false],
  ["ResourceNotFoundException", 400, "aws_not_found", false],
  ["ListenerNotFoundException", 400, "aws_not_found", false],
  ["ResourceInUseException", 400, "aws_in_use", false],
  ["UnrecognizedClientException", 400, "invalid_credentials", false],
  ["SignatureDoesNotMatch", 403, "invalid_credentials", false],
  ["ExpiredTokenException", 400, "invalid_credentials", false],
  ["CredentialsProviderError", undefined, "invalid_credentials", false],
  ["ValidationException", 400, "aws_request", false],
  ["RequestInProgressException", 400, "aws_request", true],
  ["InternalFailure", 500, "aws_request", true],
  ["ServiceUnavailable", 503, "aws_request", true],
  ["TimeoutError", undefined, "timeout", true],
])("%s with status %s is %s", (name, status, code, retryable) => {
  const error = translateError(sdkError(name, status), call);
  expect(error).toMatchObject({ code, retryable });
  expect(error.facts).toMatchObject({ ...call, error: name, status, requestId: "request-1" });
  expect(error.message).not.toMatch(/\.$/);
});

test.each([
  [
    ...["CredentialsProviderError", "Could not load credentials from any providers", undefined, "invalid_credentials"],
    "there are no usable AWS credentials for acm:ImportCertificate: Could not load credentials from any providers",
  ],
  [
    ...["TypeError", "Invalid URL", "ERR_INVALID_URL", "invalid_config"],
    "the endpoint for acm:ImportCertificate is not a URL: Invalid URL",
  ],
] as const)("%s that no request came to: %s", (name, said, sdkCode, code, message) => {
  const error = translateError(sdkError(name, undefined, said, sdkCode), call);
  expect(error).toMatchObject({ code, message, retryable: false, hint: expect.stringContaining("AWS_") as string });
});

test.each([
  ["ECONNREFUSED", true],
  ["ENOTFOUND", true],
  ["ECONNRESET", false],
  ["EPIPE", false],
])("%s is a network failure; never sent: %s", (code, neverSent) => {
  const error = translateError(sdkError("Error", undefined, "connection trouble", code), call);
  expect(error).toMatchObject({ code: "network", retryable: true, facts: { neverSent } });
});

test.each([
  ["AWS SDK error wrapper for Error: connect ECONNREFUSED 127.0.0.1:1", true],
  ["socket hang up", false],
])("a network failure is known by its text alone: %s", (message, neverSent) => {
  expect(translateError(sdkError("Error", undefined, message), call)).toMatchObject({
    code: "network",
    facts: { neverSent },
  });
});

test("a message says what failed on which thing, and how to mend it", () => {
  expect(translateError(sdkError("AccessDeniedException", 400, "User x may not."), call)).toMatchObject({
    message: `AWS denied acm:ImportCertificate on ${call.resource}: User x may not`,
    hint: "allow acm:ImportCertificate on this resource in the caller's IAM policy",
  });
});

const pem = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----";

test.each([
  ["PEM", `Value '${pem}' at 'privateKey' failed`],
  ["base64", `Value ${Buffer.from(pem).toString("base64")} failed`],
  ["octets", `Value [${[...Buffer.from(pem)].join(", ")}] failed`],
])("a text that may repeat the secret of the request as %s is not quoted", (_, message) => {
  const error = translateError(sdkError("ValidationException", 400, message), { ...call, holdsSecret: true });
  expect(error.message).toBe(`AWS refused ${call.action} on ${call.resource} (ValidationException, 400)`);
  expect(error.cause).toBeUndefined();
});

test("our own errors pass, and anything else thrown becomes one", () => {
  const own = new AppError("aws_request", "known");
  expect(translateError(own, call)).toBe(own);
  expect(translateError("text", call)).toMatchObject({ code: "aws_request" });
});
