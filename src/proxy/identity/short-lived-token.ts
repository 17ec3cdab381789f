/**
 * Client tokens of credentials that are good for minutes. They say in clear whose they are and until when, so no
 * replica has to remember them; nobody can make one up, because its secret follows from the master key like any other
 * (client-secret.ts): `akab-oidc-<expiry, seconds since 1970>-<random>-<client>`.
 */
import { randomBytes } from "node:crypto";

export interface ShortLivedToken {
  /** The client's name in the policy. */
  readonly client: string;
  readonly expires: Date;
}

const pattern = /^akab-oidc-(\d{10})-[0-9a-f]{20}-(.+)$/;

export function newShortLivedToken({ client, expires }: ShortLivedToken): string {
  const seconds = Math.floor(expires.getTime() / 1000);
  return `akab-oidc-${seconds}-${randomBytes(10).toString("hex")}-${client}`;
}

/** Undefined for every other token. */
export function parseShortLivedToken(token: string): ShortLivedToken | undefined {
  const [, seconds, client] = pattern.exec(token) ?? [];
  if (seconds === undefined || client === undefined) return undefined;
  return { client, expires: new Date(Number(seconds) * 1000) };
}
