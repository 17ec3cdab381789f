/** The certificates of ACM in one account and region. */
import type { CertificateDescription, CertificateSummary, DomainValidation } from "../../aws/stored-certificate";
import type { Tags } from "../../aws/tagged-resources";
import { decideRenewal, type RenewalInfo } from "../../certificates/decide-renewal";
import { mapLimited } from "../../platform/map-limited";
import type { CertificateOrigin, ScannedCertificate, ValidationRecord } from "./estate";
import { ownerOf } from "./owner-of";
import type { ScanContext } from "./scan-context";
import { nameOf, readMaterial, type ReadMaterial } from "./stored-chain";

/** Enough to keep both token buckets (Describe and Get, ten a second each) empty over a slow line. */
const underWay = 64;

/** Errors: those of `ListCertificates`. What fails for one certificate is a failure, and the list says the rest. */
export async function readCertificates(
  region: string,
  tagsOf: Promise<ReadonlyMap<string, Tags>>,
  context: ScanContext,
): Promise<ScannedCertificate[]> {
  const { access, accountId, failures, signal } = context;
  const store = access.certificates(region);
  const summaries = await store.listAll({ signal });
  const read = await mapLimited(summaries, underWay, async (summary) => {
    const place = { accountId, region, service: "acm" };
    const [description, material] = await Promise.all([
      failures.attempt<CertificateDescription | CertificateSummary | undefined>(place, summary, () =>
        store.describe(summary.arn, { signal }),
      ),
      hasChain(summary)
        ? failures.attempt(place, undefined, async () => {
            const chain = await store.getChain(summary.arn, { signal });
            return chain && readMaterial(chain);
          })
        : undefined,
    ]);
    context.onCertificates(1);
    // It was deleted since it was listed.
    if (description === undefined) return [];
    return [await toCertificate(region, description, material, (await tagsOf).get(summary.arn) ?? {}, context)];
  });
  return read.flat();
}

/** ACM keeps the chains of its own certificates in order; those of imports are what somebody handed in. */
function hasChain({ type, status }: CertificateSummary): boolean {
  return type === "IMPORTED" && (status === "ISSUED" || status === "EXPIRED" || status === "INACTIVE");
}

async function toCertificate(
  region: string,
  from: CertificateSummary & Partial<CertificateDescription>,
  material: ReadMaterial | undefined,
  tags: Tags,
  context: ScanContext,
): Promise<ScannedCertificate> {
  const origin = originOf(from);
  const serial = from.serial ?? material?.leaf.serial;
  const issuer = from.issuer ?? (material && nameOf(material.leaf.issuer));
  const ari = await windowOf(issuer, serial, material, context);
  const { notBefore, notAfter } = from;
  return {
    arn: from.arn,
    accountId: context.accountId,
    region,
    origin,
    names: (material?.leaf.names ?? from.domainNames).map((name) => name.toLowerCase()),
    issuer,
    keyAlgorithm: from.keyAlgorithm,
    serial,
    notBefore,
    notAfter,
    status: from.status,
    importedAt: from.importedAt,
    inUseBy: from.inUseBy ?? [],
    tags,
    owner: ownerOf(origin, tags),
    renewal: notBefore && notAfter && decideRenewal({ notBefore, notAfter }, context.policy, ari, context.now),
    chain: material?.chain,
    validation: validationOf(from),
    acmRenewal: origin === "amazon-issued" || origin === "private-ca" ? renewalOf(from) : undefined,
  };
}

function originOf({ keyPairOrigin, type }: CertificateSummary): CertificateOrigin {
  if (keyPairOrigin === "ACME") return "acme-endpoint";
  if (type === "IMPORTED") return "imported";
  return type === "PRIVATE" ? "private-ca" : "amazon-issued";
}

async function windowOf(
  issuer: string | undefined,
  serial: string | undefined,
  material: ReadMaterial | undefined,
  { askRenewalInfo, signal }: ScanContext,
): Promise<RenewalInfo | undefined> {
  const authorityKeyId = material?.chain.authorityKeyId;
  if (askRenewalInfo === undefined || issuer === undefined || serial === undefined || authorityKeyId === undefined)
    return undefined;
  return askRenewalInfo({ issuer: material?.leaf.issuer ?? issuer, authorityKeyId, serial }, signal);
}

/** Where ACM is renewing, the records of the renewal are those that count now. */
function validationOf({ validations = [], renewal }: Partial<CertificateDescription>): ValidationRecord[] {
  const current: readonly DomainValidation[] = renewal?.validations.length ? renewal.validations : validations;
  return current.map(({ domainName, status, record }) => ({ domainName, status, record }));
}

function renewalOf({ renewalEligibility, renewal }: Partial<CertificateDescription>) {
  return { eligible: renewalEligibility === "ELIGIBLE", status: renewal?.status, reason: renewal?.reason };
}
