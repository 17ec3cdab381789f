import { askRenewalInfo } from "../../../issuance/ask-renewal-info";
import { RenewalInfoCache } from "../../../issuance/renewal-info-cache";
import type { OperationContext } from "../../rpc/resource";
import { engineOf } from "../engine";
import type { ProviderSettings } from "../settings";
import { acmeIssuer } from "./acme-issuer";
import type { CertificatePrivate } from "./private-data";
import { followsCa, type KnownWindow } from "./renewal";
import type { CertificateState } from "./schema";

/**
 * The CA's renewal window as far as it is known now, to be remembered in private data. That the CA cannot be asked is
 * a warning; what was known, or else the lifetime, decides then.
 */
export async function askWindow(
  { renewal, issuer }: Pick<CertificateState, "renewal" | "issuer">,
  { certId, ari }: KnownWindow,
  { data, clock, signal, diagnostics }: OperationContext<ProviderSettings>,
): Promise<CertificatePrivate["ari"]> {
  if (certId === undefined || !followsCa(renewal)) return undefined;
  const { info, failure } = await askRenewalInfo({
    connection: engineOf(data).connection(acmeIssuer(issuer)),
    certId,
    known: ari && { start: new Date(ari.start), end: new Date(ari.end), askAgainAt: new Date(ari.askAgainAt) },
    cache: new RenewalInfoCache(data.cacheFolder),
    clock,
    signal,
  });
  if (failure)
    diagnostics.warning("the CA could not be asked when to renew", {
      detail: `${failure.message}\n${info ? "its last answer" : "the certificate's lifetime"} decides until it answers\ncode: ${failure.code}`,
    });
  return (
    info && {
      start: info.start.toISOString(),
      end: info.end.toISOString(),
      askAgainAt: info.askAgainAt.toISOString(),
    }
  );
}
