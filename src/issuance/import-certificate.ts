/** Hands an issued certificate to ACM. Everything that can be wrong is checked before: an import cannot be taken back. */
import type { CertificateStore } from "../aws/certificate-store";
import { parseCertificateChain, type CertificateChain } from "../certificates/certificate-chain";
import { checkReimport, type ReimportFacts } from "../certificates/check-reimport";
import type { CertificateInfo } from "../certificates/certificate-info";
import { sleep as realSleep, type Sleep } from "../platform/clock";
import { withDeadline } from "../platform/deadline";
import { AppError, isAppError, messageOf } from "../platform/errors";
import type { Logger } from "../platform/log";
import { generationTag } from "./certificate-tags";
import type { IssuedCertificate } from "./issue-certificate";

export interface ImportParts {
  readonly store: CertificateStore;
  readonly log: Logger;
  /** Ends looking up, never an import. */
  readonly signal?: AbortSignal;
  readonly sleep?: Sleep;
}

export interface ImportedCertificate {
  readonly arn: string;
  readonly chain: CertificateChain;
  /** As ACM tells it; undefined where ACM could not be asked any more. */
  readonly importedAt?: Date;
  readonly warnings: readonly string[];
}

/** Where the answer to an import was lost: how often, and how far apart, its tag is looked up. */
const lookUps = 6;
const lookUpPauseMs = 5_000;

/** An issued certificate is imported even if the user has lost patience meanwhile: else it would be lost. */
const importTimeoutMs = 5 * 60_000;

/** Imports under a new ARN with these tags, among them a generation that nothing else carries. */
export async function importNew(
  issued: IssuedCertificate,
  tags: Readonly<Record<string, string>> & { readonly [generationTag]: string },
  parts: ImportParts,
): Promise<ImportedCertificate> {
  const { store, log } = parts;
  const signal = withDeadline(undefined, importTimeoutMs);
  const material = materialOf(issued);
  const arn = await store.importNew({ ...material, tags }, { signal }).catch(async (error: unknown) => {
    if (!isAppError(error, "aws_ambiguous")) throw error;
    log.log("warn", "the answer to ImportCertificate was lost; looking for its tag");
    const found = await findLost(tags[generationTag], issued.chain, { ...parts, signal });
    return found ?? store.importNew({ ...material, tags }, { signal });
  });
  return confirmed(arn, issued, parts);
}

/** A certificate in ACM that the next one will replace. */
export interface ReimportTarget {
  readonly arn: string;
  readonly leaf: CertificateInfo;
}

/** Looked up before the order, so that none is spent for an ARN that is gone or not ours to see. Errors: `aws_not_found`. */
export async function findTarget(arn: string, { store, signal }: ImportParts): Promise<ReimportTarget> {
  const current = await store.getChain(arn, { signal });
  if (current !== undefined) return { arn, leaf: parseCertificateChain(current.certificatePem).leaf };
  throw new AppError("aws_not_found", `${arn} is gone`, { hint: "plan again: the certificate will be created anew" });
}

/** Imports over the certificate in place. Errors: `certificate_reimport_refused`, before anything is changed. */
export async function importOver(
  { arn, leaf }: ReimportTarget,
  issued: IssuedCertificate,
  parts: ImportParts,
): Promise<ImportedCertificate> {
  requireReimport(arn, leaf, issued.chain.leaf);
  await parts.store.reimport(arn, materialOf(issued), { signal: withDeadline(undefined, importTimeoutMs) });
  return confirmed(arn, issued, parts);
}

/** Throws what ACM would refuse, with the way out. */
function requireReimport(arn: string, current: ReimportFacts, next: ReimportFacts): void {
  const [first, ...others] = checkReimport(current, next);
  if (first === undefined) return;
  const why = [first, ...others].map((refusal) => refusal.why).join("; ");
  throw new AppError("certificate_reimport_refused", `ACM would refuse the new certificate for ${arn}: ${why}`, {
    hint: first.hint,
    facts: { arn, rules: [first, ...others].map((refusal) => refusal.rule) },
  });
}

function materialOf({ chain, key }: IssuedCertificate) {
  return { certificatePem: chain.leafPem, chainPem: chain.intermediatesPem.join(""), privateKeyPem: key.toPkcs8Pem() };
}

/** The tagging API lags behind, so an import that is listed with our serial counts as well. */
async function findLost(
  generation: string,
  { leaf }: CertificateChain,
  { store, signal, sleep = realSleep }: ImportParts,
): Promise<string | undefined> {
  for (let attempt = 1; attempt <= lookUps; attempt++) {
    if (attempt > 1) await sleep(lookUpPauseMs, signal);
    const [tagged] = await store.findByTag(generationTag, generation, { signal });
    if (tagged !== undefined) return tagged;
    store.inventory.forget();
    for (const summary of (await store.inventory.summaries(signal)).values()) {
      const looksLikeIt = summary.notAfter?.getTime() === leaf.notAfter.getTime() && summary.type === "IMPORTED";
      if (looksLikeIt && (await store.describe(summary.arn, { signal }))?.serial === leaf.serial) return summary.arn;
    }
  }
  return undefined;
}

/** Once ACM has taken it, the certificate is real whatever happens next: what fails here is a warning. */
async function confirmed(arn: string, issued: IssuedCertificate, parts: ImportParts): Promise<ImportedCertificate> {
  const { leaf } = issued.chain;
  parts.log.log("info", "certificate is in ACM", { arn, serial: leaf.serial });
  const kept = { arn, chain: issued.chain };
  try {
    const described = await parts.store.describe(arn, { signal: withDeadline(undefined, 30_000) });
    if (described?.serial === leaf.serial)
      return { ...kept, importedAt: described.importedAt, warnings: issued.warnings };
    const shown = described === undefined ? "nothing" : `serial ${described.serial ?? "unknown"}`;
    return {
      ...kept,
      warnings: [...issued.warnings, `ACM shows ${shown} for ${arn} instead of serial ${leaf.serial}`],
    };
  } catch (error) {
    return {
      ...kept,
      warnings: [...issued.warnings, `${arn} was imported but could not be read back: ${messageOf(error)}`],
    };
  }
}
