import { createHmac, timingSafeEqual } from "node:crypto";
import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import { parseJsonWebKey } from "./json-web-key";
import { jsonPayload, parseSignedMessage } from "./json-web-signature";

const hashes: ReadonlyMap<unknown, string> = new Map([
  ["HS256", "sha256"],
  ["HS384", "sha384"],
  ["HS512", "sha512"],
]);

/** The key id of a good binding, undefined where there is none and none is needed (RFC 8555 7.3.4). */
export function checkExternalAccountBinding(
  { settings, urls }: AcmeCaContext,
  binding: unknown,
  thumbprint: string,
): string | undefined {
  if (binding === undefined) {
    if (settings.externalAccountRequired) throw problems.externalAccountRequired();
    return undefined;
  }
  const inner = parseSignedMessage(JSON.stringify(binding));
  const { alg, kid, nonce, url } = inner.header;
  const hash = hashes.get(alg);
  if (hash === undefined) throw problems.malformed("the binding must be signed with HS256, HS384 or HS512");
  if (nonce !== undefined) throw problems.malformed("the binding must not have a nonce");
  if (url !== urls.newAccount) throw problems.malformed("the binding's url must be that of newAccount");
  const macKey = Object.entries(settings.externalAccountKeys).find(([name]) => name === kid)?.[1];
  if (macKey === undefined) throw problems.unauthorized(`external account ${String(kid)} is not known`);
  const expected = createHmac(hash, Buffer.from(macKey, "base64url")).update(inner.signingInput).digest();
  if (expected.length !== inner.signature.length || !timingSafeEqual(expected, inner.signature))
    throw problems.unauthorized("the binding is not signed with the key of the external account");
  const bound = parseJsonWebKey(jsonPayload(inner));
  if (bound.thumbprint !== thumbprint) throw problems.malformed("the binding is for another account key");
  return String(kid);
}
