import { AppError } from "../platform/errors";
import { parseCertificateArn } from "./arn";
import type { CallerIdentity } from "./caller-identity";

export interface AccountCheck {
  /** The region that was asked. */
  readonly region: string;
  readonly identity: CallerIdentity;
  readonly signal?: AbortSignal;
}

/**
 * "Not found" and "denied" mean something only if we look in the account and region that the ARN names. Called with the
 * error of a request; errors: `aws_wrong_account`.
 */
export async function checkAccount(
  arn: string,
  error: AppError,
  { region, identity, signal }: AccountCheck,
): Promise<void> {
  if (error.code !== "aws_not_found" && error.code !== "aws_denied") return;
  const wanted = parseCertificateArn(arn);
  const { accountId } = await identity.get(signal);
  if (accountId === wanted.accountId && region === wanted.region) return;
  throw new AppError(
    "aws_wrong_account",
    `${arn} is in account ${wanted.accountId}, region ${wanted.region}, but the credentials are of account ${accountId} and look in ${region}`,
    { hint: "use the profile, role and region of the certificate's account", cause: error },
  );
}
