/**
 * `POST /unexpired/v1/token`: an OpenID Connect token for EdgeGrid credentials that live some minutes. The one request
 * that is not signed, since who asks has no credentials yet.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError, toAppError } from "../../platform/errors";
import { exchangeToken, type ShortLivedCredentials, type TokenExchangeParts } from "../identity/oidc/exchange-token";
import type { RequestRate } from "../identity/request-rate";
import type { ProxyParts } from "../operations/call";
import type { Answer } from "./answer";
import { badRequest, tokenForbidden, tokenRefused, tooManyRequests, unavailable, type Problem } from "./problem";
import { parseStrictJson } from "./strict-json";
import { failureProblem } from "./upstream-failure";

export interface ReceivedTokenRequest {
  readonly host: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
  readonly body: Uint8Array;
  readonly remoteAddress: string;
}

export interface TokenRequestParts extends Pick<ProxyParts, "audit" | "logger" | "clock"> {
  readonly exchange: TokenExchangeParts;
  readonly answersFor: (host: string) => boolean;
  /** By address, since nobody is known yet. */
  readonly rate: RequestRate;
}

/** Signatures of tokens cost time to check. */
const requestsPerMinute = 60;

const shape = z.strictObject({ token: z.string().optional(), client: z.string().optional() });

export async function answerTokenRequest(parts: TokenRequestParts, request: ReceivedTokenRequest): Promise<Answer> {
  const requestId = randomUUID();
  const { remoteAddress } = request;
  try {
    if (!parts.answersFor(request.host))
      return { requestId, reply: badRequest("Invalid host: this proxy does not answer by that name") };
    const verdict = parts.rate.take(remoteAddress, requestsPerMinute);
    if (!verdict.allowed) return { requestId, reply: tooManyRequests(verdict, parts.clock.now()) };
    const { idToken, client } = parseRequest(request);
    const issued = await exchangeToken(parts.exchange, { idToken, client, remoteAddress });
    const { clientToken: token, issuer, subject, expires } = issued;
    const entry = { event: "token", requestId, client: issued.client, token, remoteAddress, issuer, subject } as const;
    await parts.audit.write({ ...entry, expires: expires.toISOString() });
    return { requestId, reply: replyTo(request, issued) };
  } catch (thrown) {
    const error = toAppError(thrown);
    parts.logger.log("warn", "no credentials for a token", {
      requestId,
      remoteAddress,
      code: error.code,
      error: error.message,
    });
    return { requestId, reply: problemOf(error, parts.clock.now()) };
  }
}

/** The token in the Authorization header (RFC 6750 2.1), or in a JSON body. */
function parseRequest({ authorization, body }: ReceivedTokenRequest): { idToken: string; client?: string } {
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  const parsed = shape.safeParse(body.length === 0 ? {} : parseStrictJson(body));
  if (!parsed.success)
    throw new AppError("invalid_argument", 'the body must be JSON of the form { "token": "…", "client": "…" }');
  const { token, client } = parsed.data;
  const idToken = bearer ?? token;
  if (idToken === undefined)
    throw new AppError("invalid_argument", 'send the token as "Authorization: Bearer …", or in the body');
  return { idToken, client };
}

function replyTo({ host, accept }: ReceivedTokenRequest, issued: ShortLivedCredentials): Answer["reply"] {
  const { client, clientToken, clientSecret, accessToken, expires } = issued;
  const values = { host, client_token: clientToken, client_secret: clientSecret, access_token: accessToken };
  const headers = { "cache-control": "no-store" };
  if (accept?.startsWith("text/plain") !== true)
    return { status: 200, headers, body: { client, expires: expires.toISOString(), ...values } };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}`);
  return { status: 200, headers, text: ["[default]", ...lines, ""].join("\n") };
}

function problemOf(error: AppError, now: Date): Problem {
  switch (error.code) {
    case "invalid_credentials":
      return tokenRefused(error.message);
    case "not_granted":
      return tokenForbidden(error.message);
    case "network":
    case "timeout":
      return unavailable("the keys of the token's issuer cannot be had");
    default:
      return failureProblem(error, now);
  }
}
