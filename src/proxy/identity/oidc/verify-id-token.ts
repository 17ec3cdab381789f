import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../../../platform/clock";
import { AppError } from "../../../platform/errors";
import type { TrustedIssuer } from "./trusted-issuer";

/** Signatures with a public key only: a shared secret would let everybody who checks tokens make them (RFC 8725 3.1). */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** What a verified token says of its bearer. */
export interface IdTokenClaims extends JWTPayload {
  readonly iss: string;
  readonly sub: string;
}

export interface VerifyIdTokenParts {
  readonly issuers: readonly TrustedIssuer[];
  readonly keysOf: (issuer: TrustedIssuer) => JWTVerifyGetKey;
  readonly clock: Clock;
}

/**
 * Checks signature, issuer, audience and times of an ID token (OpenID Connect Core 1.0, 3.1.3.7), clocks up to 30
 * seconds apart. Errors: `invalid_credentials`, which says why; `network` if the issuer's keys cannot be had.
 */
export async function verifyIdToken(token: string, parts: VerifyIdTokenParts): Promise<IdTokenClaims> {
  const { issuers, keysOf, clock } = parts;
  const claimed = claimedIssuer(token);
  const issuer = issuers.find((each) => each.issuer === claimed);
  if (issuer === undefined) throw refused(`its issuer ${JSON.stringify(claimed ?? null)} is not trusted here`);
  try {
    const { payload } = await jwtVerify(token, keysOf(issuer), {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms,
      clockTolerance: 30,
      currentDate: clock.now(),
      requiredClaims: ["exp", "sub"],
    });
    return payload as IdTokenClaims;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refused(reasonOf(error, issuer), error);
    throw error;
  }
}

function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    throw refused("it is no JSON Web Token", error);
  }
}

function reasonOf(error: errors.JOSEError, { audience }: TrustedIssuer): string {
  if (error instanceof errors.JWTExpired) return "it has expired";
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud")
    return `its audience is not ${audience}`;
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its claim ${error.claim} is missing, or not as it must be`;
  if (error instanceof errors.JWKSNoMatchingKey) return "its issuer has no such key";
  return "its signature cannot be verified";
}

function refused(why: string, cause?: unknown): AppError {
  return new AppError("invalid_credentials", `the token is not accepted: ${why}`, { cause });
}
