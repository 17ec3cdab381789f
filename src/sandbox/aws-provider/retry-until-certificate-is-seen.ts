import { isAppError } from "../../platform/errors";
import { retry } from "../../platform/retry";

/** A certificate that was just imported is not seen by the load balancer at once; the real provider waits as well. */
export function retryUntilCertificateIsSeen<T>(attach: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return retry(attach, {
    policy: { attempts: 6, firstDelayMs: 200, maxDelayMs: 5_000 },
    signal,
    isRetryable: (error) =>
      isAppError(error, "aws_not_found") && /^CertificateNotFound/.test(String(error.facts.error)),
  });
}
