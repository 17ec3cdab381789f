/** Create and update of `unexpired_certificate`. Loads the whole engine, acme-client included. */
import { randomUUID } from "node:crypto";
import { chainPem } from "../../../certificates/certificate-chain";
import { checkReimport } from "../../../certificates/check-reimport";
import { parseDomainName } from "../../../certificates/domain-name";
import { parseRecordName } from "../../../dns/record-name";
import { generationTag, nameTag } from "../../../issuance/certificate-tags";
import { findAdoptable } from "../../../issuance/find-adoptable";
import { findTarget, importNew, importOver, type ImportedCertificate } from "../../../issuance/import-certificate";
import { issueCertificate, type IssuedCertificate } from "../../../issuance/issue-certificate";
import type { ChangeContext, CreateRequest, StateAnswer, UpdateRequest } from "../../rpc/resource";
import { isUnknown } from "../../schema";
import { accountOf } from "../acme-accounts";
import { engineOf } from "../engine";
import type { ProviderSettings } from "../settings";
import { askWindow } from "./ask-window";
import { reissueCause } from "./plan";
import type { CertificatePrivate } from "./private-data";
import { decideForState } from "./renewal";
import type { CertificateAppliedPlan, CertificateState, certificateSchema } from "./schema";
import { certIdOf, chainFacts } from "./state";

type Schema = typeof certificateSchema;
type Context = ChangeContext<Schema, CertificatePrivate, ProviderSettings>;
type Answer = StateAnswer<Schema, CertificatePrivate>;

export async function createCertificate(
  { planned }: CreateRequest<Schema, CertificatePrivate>,
  context: Context,
): Promise<Answer> {
  const { data, signal, log, clock } = context;
  const region = isUnknown(planned.region) ? undefined : planned.region;
  const store = engineOf(data).certificates(region);
  const parts = { store, log, signal };
  const generation = randomUUID();
  const adoptable = await findAdoptable({
    store,
    name: planned.name,
    names: planned.domain_names.map(parseDomainName),
    keyAlgorithm: planned.key_algorithm,
    clock,
    signal,
  });
  const target = adoptable && (await findTarget(adoptable.arn, parts));
  const issued = await issue(planned, undefined, context);
  const tags = { ...planned.tags, [nameTag]: planned.name, [generationTag]: generation };
  // One that ACM would not take over is the one that this resource replaces.
  if (target === undefined || checkReimport(target.leaf, issued.chain.leaf).length > 0) {
    const kept = await importNew(issued, tags, parts);
    return answer(planned, kept, { generation, region: store.region, reason: "created" }, context);
  }
  log.log("info", "taking over the certificate of an earlier create", { arn: target.arn });
  // The generation first: from here on nobody but us may delete it.
  await store.tag(target.arn, tags, { signal });
  const kept = await importOver(target, issued, parts);
  return answer(planned, kept, { generation, region: store.region, reason: "adopted" }, context);
}

/**
 * What can fail without an order being spent comes first: the look at the certificate in place, and the tags. Once the
 * new one is imported, nothing is left that could fail.
 */
export async function updateCertificate(
  request: UpdateRequest<Schema, CertificatePrivate>,
  context: Context,
): Promise<Answer> {
  const { prior, planned, private: known } = request;
  const { data, signal, log, clock } = context;
  const arn = prior.arn ?? "";
  const store = engineOf(data).certificates(prior.region);
  const parts = { store, log, signal };
  const generation = known?.generation ?? randomUUID();
  const target = isUnknown(planned.serial) ? await findTarget(arn, parts) : undefined;
  const before = { ...prior.tags, ...(known && { [nameTag]: prior.name, [generationTag]: generation }) };
  const after = { ...planned.tags, [nameTag]: planned.name, [generationTag]: generation };
  await store.tag(arn, differing(before, after), { signal });
  const dropped = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  await store.untag(arn, dropped, { signal });
  if (target === undefined) return withoutOrder(request, context);
  const issued = await issue(planned, known?.certId, context);
  const kept = await importOver(target, issued, parts);
  const reason = reissueCause(prior, planned, known, clock)?.reason ?? "changed";
  return answer(planned, kept, { generation, region: store.region, reason }, context);
}

/** The certificate stays as it is: contact, renewal policy, tags or timeouts changed. */
async function withoutOrder(
  { prior, planned, private: known }: UpdateRequest<Schema, CertificatePrivate>,
  context: Context,
): Promise<Answer> {
  const { data, signal, clock } = context;
  if (planned.issuer.contact_email !== prior.issuer.contact_email)
    await accountOf(engineOf(data), planned.issuer, signal);
  const ari = known?.ari ?? (await askWindow(planned, { ...known }, context));
  const renewAt = decideForState(prior, planned.renewal, { ...known, ari }, clock.now()).renewAt.toISOString();
  return {
    state: settled(planned, prior, isUnknown(planned.renew_at) ? renewAt : prior.renew_at),
    private: known && { ...known, ari, refreshedAt: undefined },
  };
}

function issue(
  planned: CertificateAppliedPlan,
  replaces: string | undefined,
  context: Context,
): Promise<IssuedCertificate> {
  const { data, signal, log, clock } = context;
  const engine = engineOf(data);
  return issueCertificate(
    {
      names: planned.domain_names.map(parseDomainName),
      keyAlgorithm: planned.key_algorithm,
      zones: planned.zones.map((zone) => parseRecordName(zone.name)),
      profile: planned.issuer.profile ?? undefined,
      preferredChain: planned.issuer.preferred_chain ?? undefined,
      replaces,
    },
    {
      account: (stop) => accountOf(engine, planned.issuer, stop),
      records: engine.challengeRecords(),
      nameServers: engine.nameServers,
      journal: engine.journal,
      log,
      signal,
      clock,
    },
  );
}

interface Kept {
  readonly generation: string;
  readonly region: string;
  readonly reason: string;
}

async function answer(
  planned: CertificateAppliedPlan,
  kept: ImportedCertificate,
  { generation, region, reason }: Kept,
  context: Context,
): Promise<Answer> {
  for (const warning of kept.warnings)
    context.diagnostics.warning(`certificate "${planned.name}"`, { detail: warning });
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

/** Nothing was ordered, so what is computed stays as it was. */
function settled(
  planned: CertificateAppliedPlan,
  prior: CertificateState,
  renew_at: CertificateState["renew_at"],
): CertificateState {
  const { arn, region, serial, fingerprint, not_before, not_after, renewal_reason, certificate_chain } = prior;
  return {
    ...planned,
    arn,
    region,
    serial,
    fingerprint,
    not_before,
    not_after,
    renew_at,
    renewal_reason,
    certificate_chain,
  };
}

function differing(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
}
