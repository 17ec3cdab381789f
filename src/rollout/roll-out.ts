/**
 * Puts a certificate on a listener and takes away the one it follows, and nothing else: a listener may be shared.
 * Elastic Load Balancing keeps a former default in the SNI list and goes on serving it to clients that send its name,
 * so a change of the default is done only when that entry is gone (Application Load Balancer user guide, "Replace the
 * default certificate"; facts read off its API).
 */
import type { Sleep } from "../platform/clock";
import { AppError, isAppError } from "../platform/errors";
import { retry, type RetryPolicy } from "../platform/retry";
import type { ServedCertificates, ServingTarget } from "./serving-target";

export type AttachmentRole = "default" | "sni";

export interface RolloutRequest {
  readonly certificateArn: string;
  readonly role: AttachmentRole;
  /** What this one follows: removed from the SNI list, if it is there. */
  readonly followsArn?: string;
  readonly signal?: AbortSignal;
  readonly sleep?: Sleep;
}

export interface RolloutResult {
  /** Whether this made the certificate the default; false if it was. */
  readonly changedDefault: boolean;
  /** The default before that change. */
  readonly formerDefaultArn?: string;
}

/** A certificate just made is seen by load balancers some seconds later; so is a change by the next answer. */
const settling: RetryPolicy = { attempts: 8, firstDelayMs: 250, maxDelayMs: 5_000 };

/** Errors: those of the target; `aws_ambiguous` if AWS took the change and does not show it. Running it again is safe. */
export async function rollOut(target: ServingTarget, request: RolloutRequest): Promise<RolloutResult> {
  const { certificateArn, role, followsArn, signal } = request;
  const before = await target.served(signal);
  const isDone = (served: ServedCertificates) =>
    role === "default" ? served.defaultArn === certificateArn : servesByName(served, certificateArn);
  if (!isDone(before))
    await onceSeen(request, () =>
      role === "default" ? target.setDefault(certificateArn, signal) : target.addSni(certificateArn, signal),
    );
  const shown = await untilShown(target, request, isDone);
  if (followsArn !== undefined && followsArn !== certificateArn && shown.sniArns.includes(followsArn)) {
    await target.removeSni(followsArn, signal);
    await untilShown(target, request, ({ sniArns }) => !sniArns.includes(followsArn));
  }
  const changedDefault = role === "default" && before.defaultArn !== certificateArn;
  return { changedDefault, ...(changedDefault ? { formerDefaultArn: before.defaultArn } : {}) };
}

/** Whether clients that send a name of the certificate can get it. */
export function servesByName({ defaultArn, sniArns }: ServedCertificates, certificateArn: string): boolean {
  return defaultArn === certificateArn || sniArns.includes(certificateArn);
}

function onceSeen(request: RolloutRequest, attach: () => Promise<void>): Promise<void> {
  return retry(attach, {
    policy: settling,
    signal: request.signal,
    sleep: request.sleep,
    // what AWS fails with for the moment has been waited out by then
    isRetryable: (error) =>
      isAppError(error, "aws_not_found") && String(error.facts.error).startsWith("CertificateNotFound"),
  });
}

function untilShown(
  target: ServingTarget,
  { signal, sleep, certificateArn }: RolloutRequest,
  isSo: (served: ServedCertificates) => boolean,
): Promise<ServedCertificates> {
  const look = async () => {
    const served = await target.served(signal);
    if (isSo(served)) return served;
    throw new AppError(
      "aws_ambiguous",
      `AWS took the change for ${certificateArn} on ${target.name}, but does not show it`,
      {
        hint: "run the same command again",
        retryable: true,
      },
    );
  };
  return retry(look, { policy: settling, signal, sleep, isRetryable: (error) => error.code === "aws_ambiguous" });
}
