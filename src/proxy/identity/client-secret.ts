/**
 * Credentials of a client follow from the master key and the client token, so the policy file holds tokens only:
 *
 *     clientSecret = base64url(HMAC-SHA256(masterKey, "unexpired/adp/v1/client-secret/" + clientToken))
 *     accessToken  = "akab-" + base64url(HMAC-SHA256(masterKey, "unexpired/adp/v1/access-token/" + clientToken))
 *
 * `masterKey` is the text of the key as UTF-8 octets, blanks at its ends left out; base64url without padding.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { AppError } from "../../platform/errors";

declare const brand: unique symbol;

/** Text of at least 32 characters that never leaves the process. Made by `parseMasterKey`. */
export type MasterKey = string & { readonly [brand]: "MasterKey" };

export interface ClientCredentials {
  readonly clientToken: string;
  readonly clientSecret: string;
  readonly accessToken: string;
}

/** Errors: `invalid_config` for a key too short to resist guessing. */
export function parseMasterKey(text: string, source: string): MasterKey {
  const key = text.trim();
  if (key.length < 32)
    throw new AppError("invalid_config", `the master key in ${source} is shorter than 32 characters`, {
      hint: 'make one with "openssl rand -base64 48"',
    });
  return key as MasterKey;
}

/** A token nobody has yet: 160 random bits. */
export function newClientToken(): string {
  return `akab-${randomBytes(20).toString("hex")}`;
}

export function deriveCredentials(masterKey: MasterKey, clientToken: string): ClientCredentials {
  const derive = (purpose: string) =>
    createHmac("sha256", masterKey).update(`unexpired/adp/v1/${purpose}/${clientToken}`).digest("base64url");
  return { clientToken, clientSecret: derive("client-secret"), accessToken: `akab-${derive("access-token")}` };
}

/** The client secret if the access token belongs to the client token, else undefined. */
export function secretOf(masterKey: MasterKey, clientToken: string, accessToken: string): string | undefined {
  const derived = deriveCredentials(masterKey, clientToken);
  const expected = Buffer.from(derived.accessToken);
  const given = Buffer.from(accessToken);
  return expected.length === given.length && timingSafeEqual(expected, given) ? derived.clientSecret : undefined;
}
