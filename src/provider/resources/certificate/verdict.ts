/** Whether a certificate is due: the CA is asked where that is wanted, then `decideRenewal` decides. */
import {
  decideRenewal,
  type Lifetime,
  type RenewalDecision,
  type RenewalPolicy,
} from "../../../certificates/decide-renewal";
import { askRenewalInfo } from "../../../issuance/ask-renewal-info";
import { RenewalInfoCache, type CachedRenewalInfo } from "../../../issuance/renewal-info-cache";
import type { OperationContext } from "../../rpc/resource";
import { engineOf } from "../engine";
import type { ProviderSettings } from "../settings";
import type { CertificatePrivate } from "./private-data";
import type { CertificateState } from "./schema";

export interface VerdictRequest {
  readonly lifetime: Lifetime;
  readonly renewal: CertificateState["renewal"];
  readonly issuer: CertificateState["issuer"];
  readonly known: Pick<CertificatePrivate, "certId" | "ari">;
}

export interface CertificateVerdict {
  readonly decision: RenewalDecision;
  /** To be remembered in private data. */
  readonly ari: CertificatePrivate["ari"];
}

/** That the CA cannot be asked is a warning; the lifetime decides then. */
export async function decideVerdict(
  request: VerdictRequest,
  context: OperationContext<ProviderSettings>,
): Promise<CertificateVerdict> {
  const { renewal, lifetime, known } = request;
  const policy: RenewalPolicy = {
    never: renewal?.enabled === false,
    daysBeforeExpiry: renewal?.days_before_expiry ?? undefined,
  };
  const asks = policy.never !== true && renewal?.ari !== false;
  const info = asks && known.certId !== undefined ? await ask(known.certId, request, context) : undefined;
  const ari =
    info && known.certId !== undefined ? { certId: known.certId, start: info.start, end: info.end } : undefined;
  return {
    decision: decideRenewal(lifetime, policy, ari, context.clock.now()),
    ari: info && {
      start: info.start.toISOString(),
      end: info.end.toISOString(),
      askAgainAt: info.askAgainAt.toISOString(),
    },
  };
}

async function ask(
  certId: string,
  { issuer, known: { ari } }: VerdictRequest,
  { data, clock, signal, diagnostics }: OperationContext<ProviderSettings>,
): Promise<CachedRenewalInfo | undefined> {
  const { info, failure } = await askRenewalInfo({
    connection: engineOf(data).connection(issuer),
    certId,
    known: ari && { start: new Date(ari.start), end: new Date(ari.end), askAgainAt: new Date(ari.askAgainAt) },
    cache: new RenewalInfoCache(data.cacheFolder),
    clock,
    signal,
  });
  if (failure)
    diagnostics.warning("the CA could not be asked when to renew", {
      detail: `${failure.message}\nthe certificate's lifetime decides until it answers`,
    });
  return info;
}
