import type { CertificateStore } from "../aws/certificate-store";
import type { CertificateDescription } from "../aws/stored-certificate";
import type { DomainName } from "../certificates/domain-name";
import type { IssuableKeyAlgorithm } from "../certificates/key-algorithm";
import type { Clock } from "../platform/clock";
import { AppError } from "../platform/errors";
import { nameTag } from "./certificate-tags";

export interface AdoptionQuery {
  readonly store: CertificateStore;
  readonly name: string;
  readonly names: readonly DomainName[];
  readonly keyAlgorithm: IssuableKeyAlgorithm;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** For so long after an import the tagging API may not know its tags yet, so that they are asked for one by one. */
export const taggingLagMs = 15 * 60_000;

/**
 * The certificate of an earlier create that nobody came to know of: same name tag and key algorithm, imported, used by
 * nothing, and holding one of the names, so that ACM will take a re-import. Undefined if there is none.
 * Errors: `certificate_duplicate` if there are several.
 */
export async function findAdoptable(query: AdoptionQuery): Promise<CertificateDescription | undefined> {
  const { store, name, signal } = query;
  const tagged = await store.findByTag(nameTag, name, { signal });
  const recent = await recentOnes(query);
  const candidates = [...new Set([...tagged, ...recent])];
  const described = await Promise.all(candidates.map((arn) => describeIfOurs(arn, query)));
  const adoptable = described.filter((certificate) => certificate !== undefined);
  if (adoptable.length > 1)
    throw new AppError(
      "certificate_duplicate",
      `${adoptable.length} unused certificates in ACM are named "${name}": ${adoptable.map(({ arn }) => arn).join(", ")}`,
      { hint: "delete those that are not needed, or import the right one with terraform import" },
    );
  return adoptable[0];
}

async function recentOnes({ store, keyAlgorithm, clock, names, signal }: AdoptionQuery): Promise<string[]> {
  const since = clock.now().getTime() - taggingLagMs;
  return [...(await store.inventory.summaries(signal)).values()]
    .filter(
      (summary) =>
        !summary.inUse &&
        summary.keyAlgorithm === keyAlgorithm &&
        (summary.importedAt?.getTime() ?? 0) > since &&
        summary.domainNames.some((held) => names.some((name) => name === held)),
    )
    .map(({ arn }) => arn);
}

async function describeIfOurs(arn: string, query: AdoptionQuery): Promise<CertificateDescription | undefined> {
  const { store, name, names, keyAlgorithm, signal } = query;
  const [found, tags] = await Promise.all([store.describe(arn, { signal }), store.tags(arn, { signal })]);
  const isOurs =
    found?.type === "IMPORTED" &&
    found.inUseBy.length === 0 &&
    found.keyAlgorithm === keyAlgorithm &&
    tags?.[nameTag] === name &&
    found.domainNames.some((held) => names.some((wanted) => wanted === held));
  return isOurs ? found : undefined;
}
