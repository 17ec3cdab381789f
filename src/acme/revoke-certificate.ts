import { AppError, isAppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import type { AcmeCallOptions } from "./call";
import { revocationReasons, type RevocationReason } from "./revocation-reason";

export interface RevokeCertificateOptions extends AcmeCallOptions {
  readonly reason: RevocationReason;
}

/**
 * Revokes a certificate (PEM; of a chain, the first) with the account's key, so that the true reason can be given
 * (RFC 8555 7.6). One that is revoked already is as wanted; the result says whether this call did it. Errors: those of a
 * request, with the way out of what a CA refuses.
 */
export async function revokeCertificate(
  account: AcmeAccount,
  certificate: string,
  options: RevokeCertificateOptions,
): Promise<"revoked" | "already revoked"> {
  const { connection } = account;
  if ((await connection.directory(options.signal)).revokeCertUrl === undefined)
    throw new AppError("acme_problem", `${connection.directoryUrl} does not revoke by ACME`, {
      hint: "ask the CA how it revokes; it must take such requests at any hour (Baseline Requirements 4.9.3)",
    });
  const reason = revocationReasons[options.reason].code;
  try {
    await account.call(
      "cannot revoke the certificate",
      (client) => client.revokeCertificate(certificate, { reason }),
      options,
    );
    return "revoked";
  } catch (error) {
    if (!isAppError(error, "acme_problem")) throw error;
    if (error.facts.type === "alreadyRevoked") return "already revoked";
    const { message, retryable, facts } = error;
    throw new AppError(error.code, message, { hint: wayOut(error, options.reason), retryable, facts, cause: error });
  }
}

function wayOut({ facts, hint }: AppError, reason: RevocationReason): string | undefined {
  switch (facts.type) {
    case "unauthorized":
      return "use the account that ordered it (accountStore), or one that has proved control over all of its names since: --replace does";
    case "badRevocationReason":
      return `this CA does not take ${reason}: say superseded or cessationOfOperation if one of them is true, else unspecified`;
    case "malformed":
      return facts.status === 404 ? "another CA issued it: see its issuer, and ask there" : hint;
    default:
      return hint;
  }
}
