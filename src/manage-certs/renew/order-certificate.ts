import { parseDomainName } from "../../certificates/domain-name";
import { accountOf } from "../../issuance/acme-accounts";
import type { Engine } from "../../issuance/engine";
import { issueCertificate, type IssuedCertificate } from "../../issuance/issue-certificate";
import type { IssuableKeyAlgorithm } from "../../certificates/key-algorithm";
import type { Clock } from "../../platform/clock";
import type { Logger } from "../../platform/log";
import type { ChallengeZone } from "../../issuance/challenge-zone";
import type { ConfiguredIssuer } from "../config/config";
import type { OrderPace } from "./order-pace";

export interface CertificateOrder {
  readonly names: readonly string[];
  readonly issuer: ConfiguredIssuer;
  readonly keyAlgorithm: IssuableKeyAlgorithm;
  /** certID of the certificate that is renewed. */
  readonly replaces?: string;
}

export interface OrderParts {
  readonly engine: Engine;
  readonly zones: readonly ChallengeZone[];
  readonly pace: OrderPace;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/**
 * Orders a certificate at the CA's pace and hands it to `keep` as soon as it is issued and checked. Errors: those of
 * `issueCertificate`; `acme_rate_limited` without asking, for the rest of the run, once the CA has said so.
 */
export async function orderCertificate<T>(
  order: CertificateOrder,
  { engine, zones, pace, clock, log, signal }: OrderParts,
  keep: (issued: IssuedCertificate) => Promise<T>,
): Promise<{ readonly kept: T; readonly leftovers: readonly string[] }> {
  const { names, issuer, keyAlgorithm, replaces } = order;
  const { profile, preferredChain } = issuer;
  return pace.run(issuer, signal, () =>
    issueCertificate(
      { names: names.map(parseDomainName), keyAlgorithm, zones, profile, preferredChain, replaces },
      {
        directoryUrl: issuer.directoryUrl,
        account: (stop) => accountOf(engine, issuer, stop),
        records: engine.challengeRecords(),
        nameServers: engine.nameServers,
        ...{ journal: engine.journal, recorder: engine.recorder, log, signal, clock },
      },
      keep,
    ),
  );
}
