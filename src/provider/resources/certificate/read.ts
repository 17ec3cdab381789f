/** Refresh of `unexpired_certificate`: what ACM holds, what the CA says, and the moment that the plan will decide by. */
import { parseCertificateArn } from "../../../aws/arn";
import type { CertificateStore } from "../../../aws/certificate-store";
import type { CertificateSummary } from "../../../aws/stored-certificate";
import type { Tags } from "../../../aws/tagged-resources";
import { chainPem, parseCertificateChain } from "../../../certificates/certificate-chain";
import { parseDomainName } from "../../../certificates/domain-name";
import { parseIssuableKeyAlgorithm } from "../../../certificates/key-algorithm";
import { certIdOf } from "../../../issuance/cert-id-of";
import { nameTag, userTags } from "../../../issuance/certificate-tags";
import { AppError } from "../../../platform/errors";
import type { OperationContext, ReadRequest, StateAnswer } from "../../rpc/resource";
import { engineOf } from "../engine";
import type { ProviderSettings } from "../settings";
import { askWindow } from "./ask-window";
import type { CertificatePrivate } from "./private-data";
import type { CertificatePrior, CertificateState, certificateSchema } from "./schema";
import { chainFacts } from "./state";

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
  const [summary, listedTags] = await Promise.all([
    store.inventory.summary(arn, context.signal),
    store.inventory.tagsByKey(nameTag, context.signal),
  ]);
  const found =
    known && summary && isUnchanged(summary, prior, known)
      ? { state: prior as CertificateState, known }
      : await readWhole(prior, known, store, context);
  if (found === null) return null;
  const state = { ...found.state, tags: await readTags(found.state, listedTags.get(arn), store, context) };
  if (found.known === null) return { state, private: null };
  const ari = await askWindow(state, found.known, context);
  return { state, private: { ...found.known, ari, refreshedAt: context.clock.now().toISOString() } };
}

interface Found {
  readonly state: CertificateState;
  readonly known: CertificatePrivate | null;
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
  known: CertificatePrivate | null,
  store: CertificateStore,
  { signal }: Context,
): Promise<Found | null> {
  const arn = prior.arn ?? "";
  const [description, stored] = await Promise.all([store.describe(arn, { signal }), store.getChain(arn, { signal })]);
  if (description === undefined || stored === undefined) return null;
  if (description.type !== "IMPORTED")
    throw new AppError("invalid_argument", `${arn} is not an imported certificate but ${description.type}`, {
      hint: "ACM renews those that it issued itself, and takes no import over them: leave out the import ID",
    });
  const chain = parseCertificateChain(stored.certificatePem + stored.chainPem);
  const { names, keyAlgorithm, notAfter } = chain.leaf;
  const written = (prior.domain_names ?? []).map((name) => String(parseDomainName(name)));
  const sameNames = written.sort().join() === [...names].sort().join();
  const state: CertificateState = {
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
  if (known === null) return { state, known };
  const certId = certIdOf(chain.leaf);
  const importedAt = description.importedAt?.toISOString();
  // What the CA said is about the certificate that it said it of.
  const ari = certId === known.certId ? known.ari : undefined;
  return { state, known: { ...known, importedAt, notAfter: notAfter.toISOString(), certId, ari } };
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
async function readTags(
  state: CertificateState,
  listed: Tags | undefined,
  store: CertificateStore,
  { signal }: Context,
) {
  if (listed && sameTags(userTags(listed), state.tags)) return state.tags;
  const tags = userTags((state.arn === null ? undefined : await store.tags(state.arn, { signal })) ?? {});
  return sameTags(tags, state.tags) ? state.tags : tags;
}

function sameTags(actual: Readonly<Record<string, string>>, known: CertificateState["tags"]): boolean {
  const sorted = (tags: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(tags).sort());
  return sorted(actual) === sorted(known ?? {});
}
