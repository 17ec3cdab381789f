import type { CertificateStore } from "../../aws/certificate-store";
import { deleteAfterTag, renewsTag, replacedByTag } from "../../issuance/certificate-tags";
import { isAppError } from "../../platform/errors";
import { retry, type RetryPolicy } from "../../platform/retry";
import type { RenewParts } from "./renew-parts";

/** ACM goes on naming a load balancer for some seconds after it has let go of a certificate. */
export const untilUnused: RetryPolicy = { attempts: 12, firstDelayMs: 500, maxDelayMs: 5_000 };

/**
 * Lets go of a certificate that nothing needs any more: at once, or after the days of grace, by a later run. What a run
 * that dies in between leaves behind is found by its tags. Says what is left to do.
 */
export async function retireCertificate(
  arn: string,
  successorArn: string,
  store: CertificateStore,
  parts: Pick<RenewParts, "graceMs" | "clock" | "sleep" | "signal">,
): Promise<readonly string[]> {
  const { graceMs, clock, signal } = parts;
  const after = new Date(clock.now().getTime() + graceMs).toISOString();
  await store.tag(arn, { [replacedByTag]: successorArn, [deleteAfterTag]: after }, { signal });
  if (graceMs === 0) return deleteReplaced(arn, successorArn, store, parts);
  await store.untag(successorArn, [renewsTag], { signal });
  return [`${arn} is kept until ${after}; the next run after that deletes it`];
}

/** Deletes a certificate that was replaced. Its successor has nothing more to take over then. */
export async function deleteReplaced(
  arn: string,
  successorArn: string,
  store: CertificateStore,
  parts: Pick<RenewParts, "sleep" | "signal">,
): Promise<readonly string[]> {
  await store.untag(successorArn, [renewsTag], parts).catch((error: unknown) => {
    if (!isAppError(error, "aws_not_found")) throw error;
  });
  return deleteUnused(arn, store, parts);
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
      isRetryable: (error) => isAppError(error, "aws_in_use"),
      ...{ sleep, signal },
    });
    return [];
  } catch (error) {
    if (!isAppError(error, "aws_in_use")) throw error;
    return [`${error.message}; the next run tries again`];
  }
}
