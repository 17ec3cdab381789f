import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import type { StoredCertificate } from "../store/objects";

/**
 * The checks of RFC 9773 5 on `replaces`: the certificate is known, belongs to the same account, shares a preponderance
 * of names (here: at least half of those it holds), and no other order that is not invalid replaces it.
 */
export function checkReplaces(
  context: AcmeCaContext,
  replaces: unknown,
  accountId: string,
  names: readonly string[],
): StoredCertificate {
  const certificate = certificateNamed(context, replaces);
  if (certificate.accountId !== accountId)
    throw problems.unauthorized("the certificate to replace was issued to another account");
  const shared = certificate.names.filter((name) => names.includes(name)).length;
  if (shared * 2 < certificate.names.length)
    throw problems.malformed("the order has too few names of the certificate that it replaces");
  if (context.store.replacementOf(certificate.certId, context.settings.clock.now()))
    throw problems.alreadyReplaced(`certificate ${certificate.certId} has an order that replaces it`);
  return certificate;
}

/** The certificate of a certID: unpadded base64url of key identifier and serial, with a dot (RFC 9773 4.1). */
export function certificateNamed({ store }: AcmeCaContext, certId: unknown): StoredCertificate {
  if (typeof certId !== "string" || !/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(certId))
    throw problems.malformed("the certificate identifier is not two base64url texts with a dot between them");
  const certificate = store.certificateWithId(certId);
  if (certificate) return certificate;
  throw problems.notFound(`certificate ${certId} was not issued here`);
}
