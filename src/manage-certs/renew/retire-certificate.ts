import type { CertificateStore } from "../../aws/certificate-store";
import { deleteAfterTag, replacedByTag } from "../../issuance/certificate-tags";
import { isAppError } from "../../platform/errors";
import { retry, type RetryPolicy } from "../../platform/retry";
import type { RenewParts } from "./renew-parts";

/** ACM goes on naming a load balancer for some seconds after it has let go of a certificate. */
const untilUnused: RetryPolicy = { attempts: 12, firstDelayMs: 500, maxDelayMs: 5_000 };

/**
 * Lets go of a certificate that nothing needs any more: at once, or after the days of grace, by a later run. Says what is
 * left to do.
 */
export async function retireCertificate(
  arn: string,
  successorArn: string,
  store: CertificateStore,
  parts: Pick<RenewParts, "graceMs" | "clock" | "sleep" | "signal">,
): Promise<readonly string[]> {
  const { graceMs, clock, signal } = parts;
  if (graceMs === 0) return deleteUnused(arn, store, parts);
  const after = new Date(clock.now().getTime() + graceMs).toISOString();
  await store.tag(arn, { [replacedByTag]: successorArn, [deleteAfterTag]: after }, { signal });
  return [`${arn} is kept until ${after}; the next run after that deletes it`];
}

/** Says who still uses it, if it stays. */
export async function deleteUnused(
  arn: string,
  store: CertificateStore,
  { sleep, signal }: Pick<RenewParts, "sleep" | "signal">,
): Promise<readonly string[]> {
  try {
    await retry(() => store.delete(arn, { signal }), {
      policy: untilUnused,
      isRetryable: (error) => error.retryable || isAppError(error, "aws_in_use"),
      ...{ sleep, signal },
    });
    return [];
  } catch (error) {
    if (!isAppError(error, "aws_in_use")) throw error;
    return [`${error.message}; the next run tries again`];
  }
}
