import { randomBytes } from "node:crypto";
import { profileNamed, type AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import { registeredDomain } from "../rate-limits/registered-domain";
import { nameSetKey, newId } from "../store/memory-store";
import { challengeTypes, type Account, type Authorization, type Order } from "../store/objects";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount } from "./authenticate";
import { checkReplaces } from "./check-replaces";
import { jsonPayload, textMember } from "./json-web-signature";
import { orderView, pendingHeaders } from "./object-views";
import { parseIdentifiers } from "./order-identifiers";

/** RFC 8555 7.4, with `profile` and `replaces` (RFC 9773 5). */
export function newOrder(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  context.limiter.admit("newOrderRequests", request.address);
  const { account, message } = authenticateAccount(context, request);
  const payload = jsonPayload(message);
  if (payload.notBefore !== undefined || payload.notAfter !== undefined)
    throw problems.malformed("notBefore and notAfter are not supported");
  const profileName = payload.profile === undefined ? context.settings.defaultProfile : textMember(payload, "profile");
  const profile = profileNamed(context, profileName);
  const names = parseIdentifiers(payload.identifiers, profile.maxNames, context.settings.blockedNames);
  const replaced =
    payload.replaces === undefined ? undefined : checkReplaces(context, payload.replaces, account.id, names);
  // A renewal that says what it replaces is exempt from every limit (Let's Encrypt documentation, rate limits).
  if (replaced === undefined) checkLimits(context, account, names);
  const now = context.settings.clock.now();
  const authorizations = names.map((name) => authorizationFor(context, account, name, profileName, now));
  const order: Order = {
    id: newId(),
    accountId: account.id,
    names,
    profile: profileName,
    authorizations: context.faults.shuffledAuthorizations ? shuffled(authorizations, context.random) : authorizations,
    createdAt: now,
    expires: after(now, profile.orderLifetimeSeconds),
    replaces: replaced?.certId,
  };
  context.store.addOrder(order);
  return {
    status: 201,
    headers: { location: context.urls.order(order), ...pendingHeaders(context, "pending") },
    body: orderView(context, order),
  };
}

/**
 * The same names again, without `replaces`, count as a renewal: exempt from the limits per account and per domain, not
 * from those per exact set and for failed validations.
 */
function checkLimits({ limiter, store }: AcmeCaContext, account: Account, names: readonly string[]): void {
  for (const name of names)
    limiter.check("failedValidations", `${account.id} ${name.replace(/^\*\./, "")}`, `failed validations of ${name}`);
  limiter.check(
    "certificatesPerExactNameSet",
    nameSetKey(names),
    `certificates for this exact set of names: ${names.join(", ")}`,
  );
  if (store.hasIssued(names)) return;
  for (const domain of new Set(names.map(registeredDomain)))
    limiter.check("certificatesPerRegisteredDomain", domain, `certificates for ${domain}`);
  limiter.check("ordersPerAccount", account.id, "new orders by this account");
  limiter.spend("ordersPerAccount", account.id);
}

function authorizationFor(
  context: AcmeCaContext,
  account: Account,
  name: string,
  profile: string,
  now: Date,
): Authorization {
  const wildcard = name.startsWith("*.");
  const sought = { accountId: account.id, name: wildcard ? name.slice(2) : name, wildcard };
  const share = context.faults.authorizationReuseShare;
  const reusable = share > 0 && context.random() < share ? context.store.validAuthorization(sought, now) : undefined;
  if (reusable) return reusable;
  // A wildcard can be proved over DNS only (Baseline Requirements 3.2.2.4.7, 3.2.2.4.19).
  const types = wildcard ? (["dns-01"] as const) : challengeTypes;
  return {
    id: newId(),
    ...sought,
    profile,
    challenges: types.map((type) => ({ id: newId(), type, token: randomBytes(32).toString("base64url") })),
    expires: after(now, profileNamed(context, profile).pendingAuthorizationLifetimeSeconds),
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
