import { AppError, messageOf } from "../../platform/errors";
import type { ServedCertificates, ServingTarget } from "../../rollout/serving-target";

/**
 * Brings a listener back to what it had of these certificates, also when the user has lost patience. What others have
 * changed there meanwhile stays. Gives the error again, with what is true now.
 */
export async function putBack(
  target: ServingTarget,
  before: ServedCertificates,
  touched: { readonly certificateArn: string; readonly followsArn?: string },
  cause: AppError,
): Promise<AppError> {
  const { now, deployment } = await restore(target, before, touched).then(
    () => ({ now: `${target.name} is what it was`, deployment: "put_back" }),
    (error: unknown) => ({ now: `${target.name} could not be put back: ${messageOf(error)}`, deployment: "partial" }),
  );
  const facts = { ...cause.facts, deployment };
  return new AppError(cause.code, `${cause.message}; ${now}`, { hint: cause.hint, facts, cause });
}

async function restore(
  target: ServingTarget,
  before: ServedCertificates,
  { certificateArn, followsArn }: { readonly certificateArn: string; readonly followsArn?: string },
): Promise<void> {
  const { defaultArn } = await target.served();
  if (defaultArn === certificateArn && before.defaultArn !== undefined && before.defaultArn !== certificateArn)
    await target.setDefault(before.defaultArn);
  const { sniArns } = await target.served();
  for (const arn of [certificateArn, ...(followsArn === undefined ? [] : [followsArn])]) {
    const [wasListed, isListed] = [before.sniArns.includes(arn), sniArns.includes(arn)];
    if (wasListed && !isListed) await target.addSni(arn);
    if (!wasListed && isListed) await target.removeSni(arn);
  }
}
