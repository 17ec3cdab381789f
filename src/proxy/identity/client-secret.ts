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

export interface MasterKeys {
  /** New credentials are derived from it. */
  readonly current: MasterKey;
  /** While rotating: credentials derived from it are good as well. */
  readonly previous?: MasterKey;
}

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

/** Tokens of ours are far shorter, and anybody can send longer ones. */
const longestRemembered = 256;

export interface FoundSecret {
  readonly clientSecret: string;
  /** The credentials were issued before the master key was changed. */
  readonly isOfPreviousKey: boolean;
}

/**
 * The secrets that belong to pairs of tokens. What was derived is remembered, for tokens that nobody has just as well,
 * so that the time it takes tells nothing about which tokens exist.
 */
export class ClientSecrets {
  private readonly derived = new Map<string, readonly ClientCredentials[]>();

  constructor(
    private readonly keys: MasterKeys,
    private readonly maxRemembered = 10_000,
  ) {}

  /** Undefined if the access token does not belong to the client token. */
  find(clientToken: string, accessToken: string): FoundSecret | undefined {
    const [current, previous] = this.credentialsOf(clientToken);
    if (current !== undefined && isSame(current.accessToken, accessToken))
      return { clientSecret: current.clientSecret, isOfPreviousKey: false };
    if (previous !== undefined && isSame(previous.accessToken, accessToken))
      return { clientSecret: previous.clientSecret, isOfPreviousKey: true };
    return undefined;
  }

  private credentialsOf(clientToken: string): readonly ClientCredentials[] {
    const known = this.derived.get(clientToken);
    if (known !== undefined) return known;
    const { current, previous } = this.keys;
    // a copy: what was cut out of a header keeps the whole of it in memory
    const token = Buffer.from(clientToken).toString();
    const made = [current, ...(previous === undefined ? [] : [previous])].map((key) => deriveCredentials(key, token));
    if (token.length > longestRemembered) return made;
    // a map keeps the order of insertion: what has been there longest goes first
    const oldest = this.derived.size < this.maxRemembered ? undefined : this.derived.keys().next().value;
    if (oldest !== undefined) this.derived.delete(oldest);
    this.derived.set(token, made);
    return made;
  }
}

function isSame(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
