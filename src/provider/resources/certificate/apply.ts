/** Create and update of `unexpired_certificate`. Loads the whole engine, acme-client included. */
import { randomUUID } from "node:crypto";
import { checkReimport } from "../../../certificates/check-reimport";
import { parseDomainName } from "../../../certificates/domain-name";
import { accountOf } from "../../../issuance/acme-accounts";
import { generationTag, nameTag } from "../../../issuance/certificate-tags";
import { findAdoptable } from "../../../issuance/find-adoptable";
import { findTarget, importNew, importOver, type ImportParts } from "../../../issuance/import-certificate";
import type { ChangeContext, CreateRequest, StateAnswer, UpdateRequest } from "../../rpc/resource";
import { AppError, isAppError, toAppError } from "../../../platform/errors";
import { isUnknown } from "../../schema";
import { engineOf, warnOfLedger } from "../engine";
import type { ProviderSettings } from "../settings";
import { acmeIssuer } from "./acme-issuer";
import { askWindow } from "./ask-window";
import { issueAndKeep } from "./issue-and-keep";
import { reissueCause } from "./plan";
import type { CertificatePrivate } from "./private-data";
import { decideForState } from "./renewal";
import { issuerOf } from "./replacement";
import type { CertificateAppliedPlan, CertificateState, certificateSchema } from "./schema";

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
  await store.checkMayImport({ signal });
  const tags = { ...planned.tags, [nameTag]: planned.name, [generationTag]: generation };
  const facts = { generation, region: store.region };
  return issueAndKeep(planned, undefined, context, async (issued) => {
    // One that ACM would not take over is the one that this resource replaces.
    if (target === undefined || checkReimport(target.leaf, issued.chain.leaf).length > 0)
      return { ...facts, imported: await importNew(issued, tags, parts), reason: "created" };
    log.log("info", "taking over the certificate of an earlier create", { arn: target.arn });
    // The generation first: from here on nobody but us may delete it.
    await store.tag(target.arn, tags);
    return { ...facts, imported: await importOver(target, issued, parts), reason: "adopted" };
  });
}

/** A renewal, or a change that needs another certificate, is on record with how it ended. */
export async function updateCertificate(
  request: UpdateRequest<Schema, CertificatePrivate>,
  context: Context,
): Promise<Answer> {
  if (!isUnknown(request.planned.serial)) return change(request, context);
  await recordReissue("renewal.begun", request, context);
  try {
    const answer = await change(request, context);
    await recordReissue("renewal.ended", request, context);
    return answer;
  } catch (error) {
    await recordReissue("renewal.ended", request, context, toAppError(error));
    throw error;
  }
}

async function recordReissue(
  event: "renewal.begun" | "renewal.ended",
  { prior, planned, private: known }: UpdateRequest<Schema, CertificatePrivate>,
  { data, clock, diagnostics }: Context,
  error?: AppError,
): Promise<void> {
  await engineOf(data).recorder.record({
    event,
    outcome: error === undefined ? "done" : "failed",
    subject: {
      names: planned.domain_names,
      ...(prior.arn !== null && { certificateArn: prior.arn }),
      ...(prior.region !== null && { region: prior.region }),
    },
    why: reissueCause(prior, planned, known, clock)?.reason ?? "changed",
    error,
    facts: { action: "renew", issuer: new URL(planned.issuer.directory_url).host },
  });
  warnOfLedger(data, diagnostics);
}

/**
 * What can fail without an order being spent comes first: the look at the certificate in place, and the tags. Once the
 * new one is imported, nothing is left that could fail.
 */
async function change(request: UpdateRequest<Schema, CertificatePrivate>, context: Context): Promise<Answer> {
  const { prior, planned, private: known } = request;
  const { data, signal, log, clock } = context;
  const arn = prior.arn ?? "";
  const store = engineOf(data).certificates(prior.region);
  const parts = { store, log, signal };
  const generation = known?.generation ?? randomUUID();
  const target = isUnknown(planned.serial) ? await findTarget(arn, parts) : undefined;
  if (known !== null) await requireOurs(arn, known, parts);
  if (target !== undefined) await store.checkMayImport({ signal });
  const before = { ...prior.tags, ...(known && { [nameTag]: prior.name, [generationTag]: generation }) };
  const after = { ...planned.tags, [nameTag]: planned.name, [generationTag]: generation };
  await store.tag(arn, differing(before, after), { signal });
  const dropped = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  await store.untag(arn, dropped, { signal });
  if (target === undefined) return withoutOrder(request, context);
  const reason = reissueCause(prior, planned, known, clock)?.reason ?? "changed";
  const rememberRefusal = (error: unknown): never => {
    const known = request.private ?? { generation, notAfter: prior.not_after ?? "" };
    if (isAppError(error, "certificate_reimport_refused"))
      context.checkpoint(prior, { ...known, refused: issuerOf(planned.issuer) });
    throw error;
  };
  return issueAndKeep(planned, known?.certId, context, async (issued) => ({
    imported: await importOver(target, issued, parts).catch(rememberRefusal),
    generation,
    region: store.region,
    reason,
  }));
}

/**
 * Two resources, or the same one in two states, that take a certificate for theirs would renew it in turn without ever
 * noticing. Whoever came last has put its generation on it.
 */
async function requireOurs(
  arn: string,
  { generation }: CertificatePrivate,
  { store, signal }: ImportParts,
): Promise<void> {
  const found = (await store.tags(arn, { signal }))?.[generationTag];
  if (found === undefined || found === generation) return;
  throw new AppError("certificate_duplicate", `${arn} was taken over by another resource or state`, {
    hint: "give each certificate a name of its own; to take this one back, remove it from the state and import it",
    facts: { arn },
  });
}

/** The certificate stays as it is: contact, renewal policy, tags or timeouts changed. */
async function withoutOrder(
  { prior, planned, private: known }: UpdateRequest<Schema, CertificatePrivate>,
  context: Context,
): Promise<Answer> {
  const { data, signal, clock } = context;
  if (planned.issuer.contact_email !== prior.issuer.contact_email)
    await accountOf(engineOf(data), acmeIssuer(planned.issuer), signal);
  const ari = known?.ari ?? (await askWindow(planned, { ...known }, context));
  const renewAt = decideForState(prior, planned.renewal, { ...known, ari }, clock.now()).renewAt.toISOString();
  return {
    state: settled(planned, prior, isUnknown(planned.renew_at) ? renewAt : prior.renew_at),
    private: known && { ...known, ari, refreshedAt: undefined },
  };
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
