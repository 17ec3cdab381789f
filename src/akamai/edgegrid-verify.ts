/** The receiving side of EdgeGrid: the proxy and the sandbox's Edge DNS check requests with it. */
import { timingSafeEqual } from "node:crypto";
import { systemClock, type Clock } from "../platform/clock";
import { edgeGridSignature, maxSignedBody, parseEdgeGridTimestamp, type SignedRequest } from "./edgegrid-signature";

/** A request as received. `host` is the Host header, `target` the raw request target, `body` the raw octets. */
export interface ReceivedRequest extends SignedRequest {
  /** The Authorization header, undefined if there was none. */
  readonly authorization: string | undefined;
}

export interface EdgeGridAuthorization {
  readonly clientToken: string;
  readonly accessToken: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  /** The header up to and including `nonce=…;`, octet for octet. */
  readonly signedHeaderPart: string;
}

/**
 * `signature` also stands for a token nobody knows and a wrong access token: who asks must not learn which.
 * `timestamp` is a clock outside the window or a text that is no time.
 */
export type EdgeGridRefusal = "missing" | "malformed" | "timestamp" | "signature" | "body-too-long";

export type EdgeGridVerdict =
  | { readonly kind: "verified"; readonly authorization: EdgeGridAuthorization }
  | { readonly kind: "refused"; readonly reason: EdgeGridRefusal };

export interface VerifyOptions {
  /** The secret that belongs to both tokens, or undefined if they are unknown or do not belong together. */
  readonly secretFor: (clientToken: string, accessToken: string) => string | undefined;
  /** How far the clocks may be apart, in milliseconds. @default 30,000, what Akamai allows */
  readonly windowMs?: number;
  /** @default the system clock */
  readonly clock?: Clock;
}

/**
 * Checks the signature of a request over the octets received. The caller decides which hosts it answers for; the port
 * 443 may be in the header or left out, since clients differ. It does not look for replays: a client with a coarse
 * clock repeats its nonce honestly (acme.sh), so only the caller knows what a repeated write means.
 */
export function verifyEdgeGrid(request: ReceivedRequest, options: VerifyOptions): EdgeGridVerdict {
  if (request.authorization === undefined) return refused("missing");
  const authorization = parseEdgeGridAuthorization(request.authorization);
  if (authorization === undefined) return refused("malformed");
  const signedAt = parseEdgeGridTimestamp(authorization.timestamp);
  const now = (options.clock ?? systemClock).now();
  if (signedAt === undefined || Math.abs(now.getTime() - signedAt.getTime()) > (options.windowMs ?? 30_000))
    return refused("timestamp");
  if (Buffer.byteLength(request.body ?? "") > maxSignedBody) return refused("body-too-long");
  const secret = options.secretFor(authorization.clientToken, authorization.accessToken);
  const { signedHeaderPart, timestamp, signature } = authorization;
  const { method, target, body } = request;
  let matches = false;
  for (const host of hostForms(request.host)) {
    const signed = { method, host, target, body };
    const expected = edgeGridSignature(signed, signedHeaderPart, timestamp, secret ?? "unknown client");
    matches = isSameText(expected, signature) || matches;
  }
  return secret !== undefined && matches ? { kind: "verified", authorization } : refused("signature");
}

/** The parts of an Authorization header, undefined if it is not EdgeGrid's. */
export function parseEdgeGridAuthorization(header: string): EdgeGridAuthorization | undefined {
  const parts =
    /^(EG1-HMAC-SHA256 +client_token=([^;]+);access_token=([^;]+);timestamp=([^;]+);nonce=([^;]+);)signature=([^;]+)$/.exec(
      header,
    );
  const [, signedHeaderPart, clientToken, accessToken, timestamp, nonce, signature] = parts ?? [];
  if (
    signedHeaderPart === undefined ||
    clientToken === undefined ||
    accessToken === undefined ||
    timestamp === undefined ||
    nonce === undefined ||
    signature === undefined
  )
    return undefined;
  return { clientToken, accessToken, timestamp, nonce, signature, signedHeaderPart };
}

/** With `host:443` configured, some clients sign the port and send a Host header without it, or the other way round. */
function hostForms(host: string): string[] {
  if (host.endsWith(":443")) return [host, host.slice(0, -4)];
  return /:\d+$/.test(host) ? [host] : [host, `${host}:443`];
}

/** Compares in a time that tells nothing about where texts differ; how long a signature is everybody knows. */
function isSameText(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refused(reason: EdgeGridRefusal): EdgeGridVerdict {
  return { kind: "refused", reason };
}
