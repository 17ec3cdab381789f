/** Who sent a request: signature, nonce, url, and jwk or kid (RFC 8555 6.2 to 6.5). */
import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import type { Account, AccountKey } from "../store/objects";
import type { AcmeRequest } from "./acme-message";
import { parseJsonWebKey } from "./json-web-key";
import { checkSignature, parseSignedMessage, type SignedMessage } from "./json-web-signature";

/** A request signed by an account that exists (`kid`). */
export interface AccountRequest {
  readonly account: Account;
  readonly message: SignedMessage;
}

/** A request signed by a key that it brings along (`jwk`). */
export interface KeyRequest {
  readonly key: AccountKey;
  readonly message: SignedMessage;
}

export function authenticateAccount(context: AcmeCaContext, request: AcmeRequest): AccountRequest {
  const message = readMessage(request);
  const { kid, jwk } = message.header;
  if (jwk !== undefined || typeof kid !== "string") throw problems.malformed("this request needs a kid and no jwk");
  const account = accountOf(context, kid);
  checkSignature(message, account.key.key);
  checkNonceAndUrl(context, request, message);
  if (account.deactivatedAt) throw problems.unauthorized("the account is deactivated");
  return { account, message };
}

export function authenticateKey(context: AcmeCaContext, request: AcmeRequest): KeyRequest {
  const message = readMessage(request);
  if (message.header.kid !== undefined) throw problems.malformed("this request needs a jwk and no kid");
  const key = parseJsonWebKey(message.header.jwk);
  checkSignature(message, key.key);
  checkNonceAndUrl(context, request, message);
  return { key, message };
}

/** Whether the request brings its key; revokeCert takes both kinds. */
export function bringsKey(request: AcmeRequest): boolean {
  return readMessage(request).header.jwk !== undefined;
}

/** The `url` of a header must be the one asked for (RFC 8555 6.4). */
export function checkUrl(message: SignedMessage, url: string): void {
  if (message.header.url !== url)
    throw problems.unauthorized(`the header's url is ${String(message.header.url)}, the request's is ${url}`);
}

function readMessage(request: AcmeRequest): SignedMessage {
  if (request.contentType !== "application/jose+json") throw problems.unsupportedMediaType();
  return parseSignedMessage(request.body.toString("utf8"));
}

function accountOf(context: AcmeCaContext, kid: string): Account {
  const prefix = context.urls.account("");
  const account = kid.startsWith(prefix) ? context.store.accounts.get(kid.slice(prefix.length)) : undefined;
  if (account) return account;
  throw problems.accountDoesNotExist(`there is no account ${kid}`);
}

/** After the signature, so that nobody can use up nonces of others. */
function checkNonceAndUrl(context: AcmeCaContext, request: AcmeRequest, message: SignedMessage): void {
  const { nonce } = message.header;
  if (typeof nonce !== "string" || !/^[A-Za-z0-9_-]+$/.test(nonce))
    throw problems.malformed("the header holds no nonce in base64url");
  const rejected = context.random() < context.faults.nonceRejectionShare;
  if (!context.nonces.redeem(nonce) || rejected) throw problems.badNonce();
  checkUrl(message, request.url);
}
