/** Objects as clients see them (RFC 8555 7.1). */
import type { AcmeCaContext } from "../acme-ca-context";
import { authorizationStatus, challengeStatus, orderStatus } from "../store/object-status";
import type { Account, Authorization, Challenge, Order } from "../store/objects";

export function accountView({ urls }: AcmeCaContext, account: Account): object {
  return {
    status: account.deactivatedAt ? "deactivated" : "valid",
    contact: account.contact,
    orders: urls.ordersOf(account.id),
    createdAt: account.createdAt.toISOString(),
    key: account.key.jwk,
  };
}

export function orderView(context: AcmeCaContext, order: Order): object {
  const { urls } = context;
  const status = orderStatus(order, context.settings.clock.now());
  return {
    status,
    expires: order.expires.toISOString(),
    identifiers: order.names.map((value) => ({ type: "dns", value })),
    profile: order.profile,
    ...(order.replaces === undefined ? {} : { replaces: order.replaces }),
    authorizations: order.authorizations.map((authorization) => urls.authorization(authorization)),
    finalize: urls.finalize(order),
    ...(order.certificate ? { certificate: urls.certificate(order.certificate.serial) } : {}),
    ...(order.error ? { error: order.error } : {}),
  };
}

export function authorizationView(context: AcmeCaContext, authorization: Authorization): object {
  return {
    status: authorizationStatus(authorization, context.settings.clock.now()),
    identifier: { type: "dns", value: authorization.name },
    ...(authorization.wildcard ? { wildcard: true } : {}),
    expires: authorization.expires.toISOString(),
    challenges: settledOrAll(authorization.challenges).map((each) => challengeView(context, authorization, each)),
  };
}

export function challengeView({ urls }: AcmeCaContext, authorization: Authorization, challenge: Challenge): object {
  const { result } = challenge;
  return {
    type: challenge.type,
    url: urls.challenge(authorization, challenge),
    token: challenge.token,
    status: challengeStatus(challenge),
    ...(result && !result.error ? { validated: result.at.toISOString() } : {}),
    ...(result?.error ? { error: result.error } : {}),
  };
}

/** `Retry-After` of an object that is not settled yet (RFC 8555 7.5.1, 7.4). */
export function pendingHeaders(context: AcmeCaContext, status: string): Readonly<Record<string, string>> {
  const seconds = context.faults.pendingRetryAfterSeconds;
  return seconds !== undefined && (status === "pending" || status === "processing")
    ? { "retry-after": String(seconds) }
    : {};
}

/** Once a challenge has settled the authorization, only that one is shown (RFC 8555 7.1.4). */
function settledOrAll(challenges: readonly Challenge[]): readonly Challenge[] {
  const settled = challenges.filter((challenge) => challenge.result);
  return settled.length > 0 ? settled : challenges;
}
