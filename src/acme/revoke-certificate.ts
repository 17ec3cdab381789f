import { isAppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import type { AcmeCallOptions } from "./call";

/** Reasons a subscriber may give (RFC 5280 5.3.1; Baseline Requirements 4.9.1). */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

export type RevocationReason = keyof typeof revocationReasons;

export interface RevokeCertificateOptions extends AcmeCallOptions {
  readonly reason: RevocationReason;
}

/**
 * Revokes a certificate (PEM; of a chain, the first) with the account's key, so that the true reason can be given
 * (RFC 8555 7.6). One that is revoked already is as wanted; the result says whether this call did it.
 */
export async function revokeCertificate(
  account: AcmeAccount,
  certificate: string,
  options: RevokeCertificateOptions,
): Promise<"revoked" | "already revoked"> {
  const reason = revocationReasons[options.reason];
  try {
    await account.call(
      "cannot revoke the certificate",
      (client) => client.revokeCertificate(certificate, { reason }),
      options,
    );
    return "revoked";
  } catch (error) {
    if (isAppError(error, "acme_problem") && error.facts.type === "alreadyRevoked") return "already revoked";
    throw error;
  }
}
