import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import type { Account, StoredCertificate } from "../store/objects";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount, authenticateKey, bringsKey } from "./authenticate";
import { decode, jsonPayload, textMember, type SignedMessage } from "./json-web-signature";

const keyCompromise = 1;
/** What a subscriber may give: unspecified, keyCompromise, superseded, cessationOfOperation. */
const subscriberReasons: readonly unknown[] = [0, keyCompromise, 4, 5];

/** RFC 8555 7.6: by the account, by one that could order the same names, or by the certificate's own key. */
export function revokeCertificate(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  if (bringsKey(request)) {
    const { key, message } = authenticateKey(context, request);
    const certificate = namedCertificate(context, message);
    if (!certificate.publicKey.equals(key.key))
      throw problems.unauthorized("the request is not signed with the certificate's key");
    parseReason(message);
    // Who holds the key can only prove that: Let's Encrypt records a compromise whatever reason is given.
    revoke(context, certificate, keyCompromise);
  } else {
    const { account, message } = authenticateAccount(context, request);
    const certificate = namedCertificate(context, message);
    if (certificate.accountId !== account.id && !controlsAll(context, account, certificate))
      throw problems.unauthorized("the account has neither ordered the certificate nor proved control over its names");
    revoke(context, certificate, parseReason(message));
  }
  return { status: 200 };
}

/** Also what the management uses. Throws alreadyRevoked. */
export function revoke(context: AcmeCaContext, certificate: StoredCertificate, reason: number): void {
  if (certificate.revocation) throw problems.alreadyRevoked();
  certificate.revocation = { at: context.settings.clock.now(), reason };
  if (reason === keyCompromise) context.store.compromisedKeys.add(certificate.keyFingerprint);
}

function namedCertificate(context: AcmeCaContext, message: SignedMessage): StoredCertificate {
  const der = decode(textMember(jsonPayload(message), "certificate"), "certificate");
  for (const certificate of context.store.certificates.values()) if (certificate.der.equals(der)) return certificate;
  throw problems.notFound("this certificate was not issued here");
}

function parseReason(message: SignedMessage): number {
  const reason = jsonPayload(message).reason ?? 0;
  if (subscriberReasons.includes(reason)) return reason as number;
  throw problems.badRevocationReason(reason as number);
}

function controlsAll({ store, settings }: AcmeCaContext, account: Account, certificate: StoredCertificate): boolean {
  const now = settings.clock.now();
  return certificate.names.every((name) => {
    const wildcard = name.startsWith("*.");
    const sought = { accountId: account.id, name: wildcard ? name.slice(2) : name, wildcard };
    return store.validAuthorization(sought, now) !== undefined;
  });
}
