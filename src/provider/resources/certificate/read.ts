/** Refresh of `unexpired_certificate`: what ACM holds, and whether it is due. The only place that looks at the clock. */
import { parseCertificateArn } from "../../../aws/arn";
import type { CertificateStore } from "../../../aws/certificate-store";
import type { CertificateSummary } from "../../../aws/stored-certificate";
import { chainPem, parseCertificateChain } from "../../../certificates/certificate-chain";
import { parseIssuableKeyAlgorithm } from "../../../certificates/key-algorithm";
import { nameTag, userTags } from "../../../issuance/certificate-tags";
import type { OperationContext, ReadRequest, StateAnswer } from "../../rpc/resource";
import { engineOf } from "../engine";
import type { ProviderSettings } from "../settings";
import type { CertificatePrivate } from "./private-data";
import type { CertificatePrior, CertificateState, certificateSchema } from "./schema";
import { chainFacts } from "./state";
import { decideVerdict } from "./verdict";

type Context = OperationContext<ProviderSettings>;
type Answer = StateAnswer<typeof certificateSchema, CertificatePrivate>;

/** Null if the certificate is gone for sure, or was never made. */
export async function readCertificate(
  { state: prior, private: known }: ReadRequest<typeof certificateSchema, CertificatePrivate>,
  context: Context,
): Promise<Answer | null> {
  const { arn } = prior;
  if (arn === null) return null;
  const { region } = parseCertificateArn(arn);
  const store = engineOf(context.data).certificates(region);
  const summary = await store.inventory.summary(arn, context.signal);
  const state =
    known && summary && isUnchanged(summary, prior, known)
      ? (prior as CertificateState)
      : await readWhole(prior, arn, store, context);
  if (state === null) return null;
  const tagged = { ...state, tags: await readTags(state, store, context) };
  return { state: tagged, private: known && (await withVerdict(known, tagged, context)) };
}

/** A listed import time, end and key that are those we know mean that nothing was imported since. */
function isUnchanged(summary: CertificateSummary, prior: CertificatePrior, known: CertificatePrivate): boolean {
  return (
    summary.importedAt?.toISOString() === known.importedAt &&
    summary.notAfter?.toISOString() === known.notAfter &&
    summary.keyAlgorithm === prior.key_algorithm
  );
}

async function readWhole(
  prior: CertificatePrior,
  arn: string,
  store: CertificateStore,
  { signal }: Context,
): Promise<CertificateState | null> {
  const [description, stored] = await Promise.all([store.describe(arn, { signal }), store.getChain(arn, { signal })]);
  if (description === undefined || stored === undefined) return null;
  const chain = parseCertificateChain(stored.certificatePem + stored.chainPem);
  const { names, keyAlgorithm } = chain.leaf;
  const sameNames = [...(prior.domain_names ?? [])].sort().join() === [...names].sort().join();
  return {
    arn,
    name: prior.name ?? (await nameOf(arn, store, signal)),
    domain_names: sameNames ? (prior.domain_names ?? names) : names,
    key_algorithm: parseIssuableKeyAlgorithm(keyAlgorithm),
    region: store.region,
    // Not to be read from ACM; after an import the plan shows what the configuration says.
    issuer: prior.issuer ?? unknownIssuer,
    zones: prior.zones ?? [],
    renewal: prior.renewal,
    tags: prior.tags,
    timeouts: prior.timeouts,
    renew_at: prior.renew_at,
    renewal_reason: prior.renewal_reason,
    ...chainFacts(chain.leaf, chainPem(chain)),
  };
}

const unknownIssuer: CertificateState["issuer"] = {
  directory_url: "",
  ca_file: null,
  profile: null,
  preferred_chain: null,
  contact_email: null,
  external_account_binding: null,
};

async function nameOf(arn: string, store: CertificateStore, signal: AbortSignal): Promise<string> {
  return (await store.tags(arn, { signal }))?.[nameTag] ?? "";
}

/**
 * The tagging API tells the tags of all certificates in a few pages, but lags. So where it says what we know, that is
 * it; where it differs, ACM is asked about that one certificate.
 */
async function readTags(state: CertificateState, store: CertificateStore, { signal }: Context) {
  const listed = state.arn === null ? undefined : (await store.inventory.tagsByKey(nameTag, signal)).get(state.arn);
  if (listed && sameTags(userTags(listed), state.tags)) return state.tags;
  const tags = userTags((state.arn === null ? undefined : await store.tags(state.arn, { signal })) ?? {});
  return sameTags(tags, state.tags) ? state.tags : tags;
}

function sameTags(actual: Readonly<Record<string, string>>, known: CertificateState["tags"]): boolean {
  const sorted = (tags: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(tags).sort());
  return sorted(actual) === sorted(known ?? {});
}

async function withVerdict(
  known: CertificatePrivate,
  state: CertificateState,
  context: Context,
): Promise<CertificatePrivate> {
  const lifetime = { notBefore: new Date(state.not_before ?? 0), notAfter: new Date(state.not_after ?? 0) };
  const { decision, ari } = await decideVerdict(
    { lifetime, renewal: state.renewal, issuer: state.issuer, known },
    context,
  );
  return {
    ...known,
    ari,
    verdict: {
      due: decision.state !== "not-due",
      reason: decision.state === "not-due" ? undefined : decision.reason,
      renewAt: decision.renewAt.toISOString(),
    },
  };
}
