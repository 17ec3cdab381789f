/** Asks CAs when to renew, where the issuer's name tells which CA it is, or a configured one says that it knows. */
import { AcmeConnection } from "../../acme/connection";
import { certId } from "../../acme/renewal-info";
import type { AcmeIssuer } from "../../issuance/acme-issuer";
import { askRenewalInfo } from "../../issuance/ask-renewal-info";
import { RenewalInfoCache } from "../../issuance/renewal-info-cache";
import type { Clock } from "../../platform/clock";
import type { RenewalInfo } from "../../certificates/decide-renewal";
import type { AskRenewalInfo, IssuedFacts } from "./scan-context";

type Ca = Pick<AcmeIssuer, "directoryUrl" | "caFile">;

/** Let's Encrypt documentation, "ACME protocol" and "Staging environment". */
const publicCas: readonly (readonly [RegExp, Ca])[] = [
  [/\(STAGING\) Let's Encrypt/, { directoryUrl: "https://acme-staging-v02.api.letsencrypt.org/directory" }],
  [/Let's Encrypt/, { directoryUrl: "https://acme-v02.api.letsencrypt.org/directory" }],
];

/** The well-known CA that an issuer's name stands for. */
export function publicCaOf(issuer: string): Ca | undefined {
  return publicCas.find(([name]) => name.test(issuer))?.[1];
}

export interface AskCaOptions {
  /** CAs of the configuration, asked about issuers that are not known by name. */
  readonly issuers: readonly Ca[];
  readonly cacheFolder: string;
  readonly clock: Clock;
  /** @default an AcmeConnection with its own HTTP client, tried once: the lifetime decides where a CA is silent */
  readonly connect?: (ca: Ca) => AcmeConnection;
}

/** A CA that has no answer about one certificate of an issuer is not asked about its others. */
export function askCas({
  issuers,
  cacheFolder,
  clock,
  connect = connectOnce,
}: AskCaOptions): AskRenewalInfo & { close(): Promise<void> } {
  const cache = new RenewalInfoCache(cacheFolder);
  const connections = new Map<string, AcmeConnection>();
  const strangers = new Set<string>();
  const connectionTo = (ca: Ca) => {
    const connection = connections.get(ca.directoryUrl) ?? connect(ca);
    connections.set(ca.directoryUrl, connection);
    return connection;
  };
  const ask = async (facts: IssuedFacts, signal?: AbortSignal): Promise<RenewalInfo | undefined> => {
    const byName = publicCaOf(facts.issuer);
    for (const ca of byName ? [byName] : issuers) {
      const pair = `${ca.directoryUrl} ${facts.issuer}`;
      if (strangers.has(pair)) continue;
      const id = certId(facts.authorityKeyId, facts.serial);
      const { info } = await askRenewalInfo({ connection: connectionTo(ca), certId: id, cache, clock, signal });
      if (info) return { certId: id, start: info.start, end: info.end };
      strangers.add(pair);
    }
    return undefined;
  };
  return Object.assign(ask, {
    close: async () => void (await Promise.all([...connections.values()].map((connection) => connection.close()))),
  });
}

function connectOnce(ca: Ca): AcmeConnection {
  return new AcmeConnection({ ...ca, retryPolicy: { attempts: 1, firstDelayMs: 0, maxDelayMs: 0 } });
}
