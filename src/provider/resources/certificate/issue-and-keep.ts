/** From the plan of a certificate to its state: ordered, handed to ACM, described. */
import { chainPem } from "../../../certificates/certificate-chain";
import { parseDomainName } from "../../../certificates/domain-name";
import { certIdOf } from "../../../issuance/cert-id-of";
import { accountOf } from "../../../issuance/acme-accounts";
import type { ImportedCertificate } from "../../../issuance/import-certificate";
import { issueCertificate, type IssuedCertificate } from "../../../issuance/issue-certificate";
import type { ChangeContext, StateAnswer } from "../../rpc/resource";
import { isUnknown } from "../../schema";
import { engineOf, warnOfLedger } from "../engine";
import type { ProviderSettings } from "../settings";
import { acmeIssuer } from "./acme-issuer";
import { askWindow } from "./ask-window";
import { challengeZone } from "./challenge-zone";
import type { CertificatePrivate } from "./private-data";
import { decideForState } from "./renewal";
import type { CertificateAppliedPlan, CertificateState, certificateSchema } from "./schema";
import { chainFacts } from "./state";

type Schema = typeof certificateSchema;
type Context = ChangeContext<Schema, CertificatePrivate, ProviderSettings>;
type Answer = StateAnswer<Schema, CertificatePrivate>;

/** What became of an issued certificate. */
export interface Kept {
  readonly imported: ImportedCertificate;
  readonly generation: string;
  readonly region: string;
  readonly reason: string;
}

/** `keep` hands the certificate to ACM as soon as it is issued. */
export async function issueAndKeep(
  planned: CertificateAppliedPlan,
  replaces: string | undefined,
  context: Context,
  keep: (issued: IssuedCertificate) => Promise<Kept>,
): Promise<Answer> {
  const { data, signal, log, clock, diagnostics } = context;
  const engine = engineOf(data);
  const { kept, leftovers } = await issueCertificate(
    {
      names: planned.domain_names.map(parseDomainName),
      keyAlgorithm: planned.key_algorithm,
      zones: planned.zones.map(challengeZone),
      profile: planned.issuer.profile ?? undefined,
      preferredChain: planned.issuer.preferred_chain ?? undefined,
      replaces,
    },
    {
      directoryUrl: planned.issuer.directory_url,
      account: (stop) => accountOf(engine, acmeIssuer(planned.issuer), stop),
      records: engine.challengeRecords(isUnknown(planned.region) ? null : planned.region),
      nameServers: engine.nameServers,
      journal: engine.journal,
      log,
      signal,
      clock,
      recorder: engine.recorder,
    },
    keep,
  ).finally(() => warnOfLedger(data, diagnostics));
  for (const warning of [...kept.imported.warnings, ...leftovers])
    diagnostics.warning(`certificate "${planned.name}"`, { detail: warning });
  return answer(planned, kept, context);
}

async function answer(
  planned: CertificateAppliedPlan,
  { imported: kept, generation, region, reason }: Kept,
  context: Context,
): Promise<Answer> {
  const { leaf } = kept.chain;
  const facts = chainFacts(leaf, chainPem(kept.chain));
  const certId = certIdOf(leaf);
  const ari = await askWindow(planned, { certId }, context);
  const { renewAt } = decideForState(facts, planned.renewal, { certId, ari }, context.clock.now());
  const state: CertificateState = {
    ...planned,
    ...facts,
    arn: kept.arn,
    region,
    renew_at: renewAt.toISOString(),
    renewal_reason: reason,
  };
  const importedAt = kept.importedAt?.toISOString();
  return { state, private: { generation, importedAt, notAfter: facts.not_after, certId, ari } };
}
