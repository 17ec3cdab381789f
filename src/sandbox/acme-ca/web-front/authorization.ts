/** Authorizations and their challenges (RFC 8555 7.5). */
import { profileNamed, type AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import { authorizationStatus, challengeStatus } from "../store/object-status";
import type { Account, Authorization, Challenge } from "../store/objects";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount } from "./authenticate";
import { isEmptyPayload, jsonPayload } from "./json-web-signature";
import { authorizationView, challengeView, pendingHeaders } from "./object-views";

/** POST-as-GET, or deactivation (RFC 8555 7.5.2). */
export function authorization(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { account, message } = authenticateAccount(context, request);
  const found = ownAuthorization(context, request, account);
  if (!isEmptyPayload(message)) {
    if (jsonPayload(message).status !== "deactivated")
      throw problems.malformed("an authorization can only be read or deactivated");
    found.deactivatedAt ??= context.settings.clock.now();
  }
  const status = authorizationStatus(found, context.settings.clock.now());
  return { status: 200, headers: pendingHeaders(context, status), body: authorizationView(context, found) };
}

/** POST-as-GET, or the client's word that the challenge is ready (RFC 8555 7.5.1). */
export function challenge(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { account, message } = authenticateAccount(context, request);
  const owner = ownAuthorization(context, request, account);
  const found = owner.challenges.find(({ id }) => id === request.parameters[1]);
  if (found === undefined) throw problems.notFound("there is no such challenge");
  if (!isEmptyPayload(message)) {
    jsonPayload(message);
    startValidation(context, account, owner, found);
  }
  return {
    status: 200,
    headers: {
      link: [`<${context.urls.authorization(owner)}>;rel="up"`],
      ...pendingHeaders(context, challengeStatus(found)),
    },
    body: challengeView(context, owner, found),
  };
}

/** Answering twice is harmless: a challenge is validated once. */
function startValidation(
  context: AcmeCaContext,
  account: Account,
  authorization: Authorization,
  challenge: Challenge,
): void {
  const now = context.settings.clock.now();
  const status = authorizationStatus(authorization, now);
  if (status === "expired" || status === "deactivated") throw problems.malformed(`the authorization is ${status}`);
  if (status !== "pending" || challenge.answeredAt) return;
  if (challenge.type !== "dns-01") throw problems.malformed(`the sandbox validates dns-01 only, not ${challenge.type}`);
  challenge.answeredAt = now;
  void context.validation.validate({
    authorization,
    challenge,
    accountUrl: context.urls.account(account.id),
    thumbprint: account.key.thumbprint,
    validForSeconds: profileNamed(context, authorization.profile).authorizationReuseSeconds,
    onFailure: () => context.limiter.spend("failedValidations", `${account.id} ${authorization.name}`),
  });
}

function ownAuthorization(context: AcmeCaContext, request: AcmeRequest, account: Account): Authorization {
  const found = context.store.authorizations.get(request.parameters[0] ?? "");
  if (found === undefined) throw problems.notFound("there is no such authorization");
  if (found.accountId !== account.id) throw problems.unauthorized("this is the authorization of somebody else");
  return found;
}
