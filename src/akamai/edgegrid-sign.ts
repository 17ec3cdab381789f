import { randomUUID } from "node:crypto";
import { systemClock, type Clock } from "../platform/clock";
import { edgeGridScheme, edgeGridSignature, formatEdgeGridTimestamp, type SignedRequest } from "./edgegrid-signature";

/** One API client of Akamai Control Center, or of the proxy. `clientSecret` and the tokens stay out of logs. */
export interface EdgeGridCredentials {
  /** Host name, with a port if it is not 443; no scheme, no path. */
  readonly host: string;
  readonly clientToken: string;
  readonly clientSecret: string;
  readonly accessToken: string;
  /** Acts on another account of the same user (query parameter `accountSwitchKey`). */
  readonly accountSwitchKey?: string;
}

export interface SignOptions {
  /** @default the system clock */
  readonly clock?: Clock;
  /** A text never used before. @default a random UUID */
  readonly nonce?: () => string;
}

/**
 * The Authorization header of a request. Sign at the moment of sending, each try anew: a signature is good for about
 * 30 seconds.
 */
export function signEdgeGrid(
  credentials: EdgeGridCredentials,
  request: Omit<SignedRequest, "host">,
  options: SignOptions = {},
): string {
  const timestamp = formatEdgeGridTimestamp((options.clock ?? systemClock).now());
  const nonce = (options.nonce ?? randomUUID)();
  const signedHeaderPart =
    `${edgeGridScheme} client_token=${credentials.clientToken};access_token=${credentials.accessToken};` +
    `timestamp=${timestamp};nonce=${nonce};`;
  const { method, target, body } = request;
  const signed = { host: credentials.host, method, target, body };
  const signature = edgeGridSignature(signed, signedHeaderPart, timestamp, credentials.clientSecret);
  return `${signedHeaderPart}signature=${signature}`;
}
