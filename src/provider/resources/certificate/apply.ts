/** Create and update of `unexpired_certificate`. Loads the whole engine, acme-client included. */
import { randomUUID } from "node:crypto";
import { certId } from "../../../acme/renewal-info";
import { chainPem, type CertificateChain } from "../../../certificates/certificate-chain";
import { parseDomainName } from "../../../certificates/domain-name";
import { generationTag, nameTag } from "../../../issuance/certificate-tags";
import { findAdoptable } from "../../../issuance/find-adoptable";
import { importNew, importOver, type ImportedCertificate } from "../../../issuance/import-certificate";
import { issueCertificate, type IssuedCertificate } from "../../../issuance/issue-certificate";
import type { ChangeContext, CreateRequest, StateAnswer, UpdateRequest } from "../../rpc/resource";
import { isUnknown } from "../../schema";
import { accountOf } from "../acme-accounts";
import { engineOf } from "../engine";
import type { ProviderSettings } from "../settings";
import { reissueCause } from "./plan";
import type { CertificatePrivate } from "./private-data";
import type { CertificateAppliedPlan, CertificateState, certificateSchema } from "./schema";
import { chainFacts } from "./state";
import { decideVerdict } from "./verdict";

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
  const generation = randomUUID();
  const adopted = await findAdoptable({
    store,
    name: planned.name,
    names: planned.domain_names.map(parseDomainName),
    keyAlgorithm: planned.key_algorithm,
    clock,
    signal,
  });
  const issued = await issue(planned, undefined, context);
  const tags = { ...planned.tags, [nameTag]: planned.name, [generationTag]: generation };
  if (adopted === undefined) {
    const kept = await importNew(issued, tags, { store, log, signal });
    return answer(planned, kept, { generation, region: store.region, reason: "created" }, context);
  }
  log.log("info", "taking over the certificate of an earlier create", { arn: adopted.arn });
  // The generation first: from here on nobody but us may delete it.
  await store.tag(adopted.arn, tags, { signal });
  const kept = await importOver(adopted.arn, issued, { store, log, signal });
  return answer(planned, kept, { generation, region: store.region, reason: "adopted" }, context);
}

export async function updateCertificate(
  request: UpdateRequest<Schema, CertificatePrivate>,
  context: Context,
): Promise<Answer> {
  const { prior, planned, private: known } = request;
  const { data, signal, log, clock } = context;
  const arn = prior.arn ?? "";
  const store = engineOf(data).certificates(prior.region);
  const generation = known?.generation ?? randomUUID();
  const isReissue = isUnknown(planned.serial);
  const issued = isReissue ? await issue(planned, known?.certId, context) : undefined;
  const kept = issued && (await importOver(arn, issued, { store, log, signal }));
  const before = { ...prior.tags, ...(known && { [nameTag]: prior.name, [generationTag]: generation }) };
  const after = { ...planned.tags, [nameTag]: planned.name, [generationTag]: generation };
  await afterImport(kept, context, async () => {
    await store.tag(arn, differing(before, after), { signal });
    await store.untag(
      arn,
      Object.keys(before).filter((key) => !(key in after)),
      { signal },
    );
  });
  if (kept === undefined) return { state: settled(planned, prior), private: known && { ...known, verdict: undefined } };
  const { cause = "changed" } = reissueCause(prior, planned, known, clock);
  const reason = known?.verdict?.due ? (known.verdict.reason ?? "lifetime") : cause;
  return answer(planned, kept, { generation, region: store.region, reason }, context);
}

/** Once a certificate is imported the update has happened: what fails then must not undo what the state says. */
async function afterImport(kept: ImportedCertificate | undefined, { diagnostics }: Context, step: () => Promise<void>) {
  try {
    await step();
  } catch (error) {
    if (kept === undefined) throw error;
    diagnostics.warning(`${kept.arn} was renewed, but its tags could not be changed`, {
      detail: `${error instanceof Error ? error.message : String(error)}\nthe next plan shows what is left to do`,
    });
  }
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
      zones: planned.zones.map((zone) => zone.name),
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
  facts: Kept,
  context: Context,
): Promise<Answer> {
  for (const warning of kept.warnings)
    context.diagnostics.warning(`certificate "${planned.name}"`, { detail: warning });
  const { leaf } = kept.chain;
  const verdict = await decideVerdict(
    {
      lifetime: leaf,
      renewal: planned.renewal,
      issuer: planned.issuer,
      known: { certId: certIdOf(kept.chain), ari: undefined },
    },
    context,
  );
  const { renewAt } = verdict.decision;
  const state: CertificateState = {
    ...planned,
    ...chainFacts(leaf, chainPem(kept.chain)),
    arn: kept.arn,
    region: facts.region,
    renew_at: renewAt.toISOString(),
    renewal_reason: facts.reason,
  };
  return {
    state,
    private: {
      generation: facts.generation,
      importedAt: kept.importedAt?.toISOString(),
      notAfter: leaf.notAfter.toISOString(),
      certId: certIdOf(kept.chain),
      ari: verdict.ari,
      renewAt: renewAt.toISOString(),
    },
  };
}

function certIdOf({ leaf }: CertificateChain): string | undefined {
  return leaf.authorityKeyId === undefined ? undefined : certId(leaf.authorityKeyId, leaf.serial);
}

/** Nothing was ordered, so what is computed stays as it was. */
function settled(planned: CertificateAppliedPlan, prior: CertificateState): CertificateState {
  const { arn, region, serial, fingerprint, not_before, not_after, renew_at, renewal_reason, certificate_chain } =
    prior;
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
