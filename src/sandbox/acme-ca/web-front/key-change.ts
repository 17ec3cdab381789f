import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount, checkUrl } from "./authenticate";
import { parseJsonWebKey } from "./json-web-key";
import { checkSignature, jsonPayload, parseSignedMessage } from "./json-web-signature";
import { accountView } from "./object-views";

/** Account key rollover: a message by the new key inside one by the old (RFC 8555 7.3.5). */
export function keyChange(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { account, message } = authenticateAccount(context, request);
  const inner = parseSignedMessage(message.payload.toString("utf8"));
  if (inner.header.nonce !== undefined) throw problems.malformed("the inner message must not have a nonce");
  const newKey = parseJsonWebKey(inner.header.jwk);
  checkSignature(inner, newKey.key);
  checkUrl(inner, request.url);
  const payload = jsonPayload(inner);
  if (payload.account !== context.urls.account(account.id))
    throw problems.malformed("the inner message names another account");
  if (parseJsonWebKey(payload.oldKey).thumbprint !== account.key.thumbprint)
    throw problems.malformed("the inner message names another old key");
  const holder = context.store.accountWithKey(newKey.thumbprint);
  if (holder) throw problems.keyInUse(context.urls.account(holder.id));
  context.store.changeKey(account, newKey);
  return {
    status: 200,
    headers: { location: context.urls.account(account.id) },
    body: accountView(context, account),
  };
}
