/** Accounts: make, look up, update, deactivate, list orders (RFC 8555 7.3, 7.1.2.1). */
import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import { newId } from "../store/memory-store";
import { orderStatus } from "../store/object-status";
import type { Account } from "../store/objects";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount, authenticateKey } from "./authenticate";
import { checkExternalAccountBinding } from "./external-account-binding";
import { isEmptyPayload, jsonPayload } from "./json-web-signature";
import { accountView } from "./object-views";

export function newAccount(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { key, message } = authenticateKey(context, request);
  const payload = jsonPayload(message);
  const existing = context.store.accountWithKey(key.thumbprint);
  if (existing?.deactivatedAt) throw problems.unauthorized("the account with this key is deactivated");
  if (existing) return answer(context, existing, 200);
  if (payload.onlyReturnExisting === true) throw problems.accountDoesNotExist("there is no account with this key");
  if (payload.termsOfServiceAgreed !== true)
    throw problems.malformed("a new account needs termsOfServiceAgreed to be true");
  const externalAccountId = checkExternalAccountBinding(context, payload.externalAccountBinding, key.thumbprint);
  const contact = parseContact(payload.contact);
  context.limiter.check("accountsPerAddress", request.address, `new accounts from ${request.address}`);
  context.limiter.spend("accountsPerAddress", request.address);
  const account: Account = { id: newId(), key, contact, createdAt: context.settings.clock.now(), externalAccountId };
  context.store.addAccount(account);
  return answer(context, account, 201);
}

export function account(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { account, message } = authenticateAccount(context, request);
  if (request.parameters[0] !== account.id) throw problems.unauthorized("this is the account of somebody else");
  if (isEmptyPayload(message)) return answer(context, account, 200);
  const payload = jsonPayload(message);
  if (payload.status === "deactivated") account.deactivatedAt = context.settings.clock.now();
  else if (payload.status !== undefined && payload.status !== "valid")
    throw problems.malformed(`an account cannot be made ${JSON.stringify(payload.status)}`);
  if (payload.contact !== undefined) account.contact = parseContact(payload.contact);
  return answer(context, account, 200);
}

/** The account's orders, a page at a time, without invalid ones. */
export function accountOrders(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { account } = authenticateAccount(context, request);
  if (request.parameters[0] !== account.id) throw problems.unauthorized("this is the account of somebody else");
  const now = context.settings.clock.now();
  const start = Number(request.query.get("cursor") ?? 0);
  const listed = context.store.ordersOf(account.id).filter((order) => orderStatus(order, now) !== "invalid");
  const end = start + context.settings.ordersPerPage;
  const next = `<${context.urls.ordersOf(account.id)}?cursor=${end}>;rel="next"`;
  return {
    status: 200,
    headers: end < listed.length ? { link: [next] } : {},
    body: { orders: listed.slice(start, end).map((order) => context.urls.order(order)) },
  };
}

function answer(context: AcmeCaContext, account: Account, status: number): AcmeAnswer {
  return { status, headers: { location: context.urls.account(account.id) }, body: accountView(context, account) };
}

/** Only `mailto:` with one plain address (RFC 8555 7.3: no hfields, no second address). */
function parseContact(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw problems.malformed("contact is not a list");
  return value.map((entry) => {
    const url = String(entry);
    if (!url.startsWith("mailto:")) throw problems.unsupportedContact(`contact ${url} is not a mailto URL`);
    if (!/^mailto:[^\s@,?]+@[^\s@,?]+\.[^\s@,?]+$/.test(url))
      throw problems.invalidContact(`contact ${url} is not one mail address`);
    return url;
  });
}
