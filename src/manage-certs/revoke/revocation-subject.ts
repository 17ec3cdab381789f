/** What is known of each certificate that is named, before anything is decided. */
import { isAppError, toAppError, type AppError } from "../../platform/errors";
import type { AwsAccess } from "../../aws/aws-access";
import type { BegunRevocation } from "../../issuance/revocation-journal";
import type { Estate, ScannedCertificate } from "../scan/estate";
import { findRevoker, type FindRevokerParts, type Revoker } from "./find-revoker";
import { readLeaf, type LeafToRevoke } from "./leaf-to-revoke";

export interface RevocationSubject {
  readonly arn: string;
  /** Undefined where the scan did not find it. */
  readonly certificate?: ScannedCertificate;
  /** What AWS holds under the ARN. */
  readonly current?: LeafToRevoke;
  /** What an earlier run began to revoke, or what the user says was there. */
  readonly begun?: LeafToRevoke;
  /** Of the one that is meant: `begun` where there is one and nothing else is said. */
  readonly revoker?: Revoker | AppError;
}

export interface SubjectParts extends FindRevokerParts {
  readonly accessTo: (accountId: string) => AwsAccess;
  /** Serials that are meant; empty: whatever is there. */
  readonly serials: readonly string[];
}

/** Errors: those of reading a certificate. */
export async function readSubject(
  arn: string,
  estate: Estate,
  begun: readonly BegunRevocation[],
  parts: SubjectParts,
): Promise<RevocationSubject> {
  const scanned = estate.certificates.find((each) => each.arn === arn);
  const certificate = scanned && (await withTagsOfNow(scanned, parts));
  const current = certificate && (await readCurrent(certificate, parts));
  const earlier = begun.filter((each) => each.arn === arn).map(({ leaf, chain }) => readLeaf(leaf, chain));
  const isMeant = ({ info }: LeafToRevoke) => parts.serials.length === 0 || parts.serials.includes(info.serial);
  const unfinished = earlier.find((leaf) => leaf.info.serial !== current?.info.serial && isMeant(leaf));
  const subject = { arn, certificate, current, begun: unfinished };
  const leaf = unfinished ?? current;
  return leaf === undefined ? subject : { ...subject, revoker: await revokerOf(leaf, parts) };
}

/**
 * The tagging API, which a scan asks, lags behind; and our tag alone tells a certificate that is to be revoked from the
 * one that took its place a moment ago.
 */
async function withTagsOfNow(
  certificate: ScannedCertificate,
  { accessTo, signal }: SubjectParts,
): Promise<ScannedCertificate> {
  if (certificate.origin !== "imported") return certificate;
  const store = accessTo(certificate.accountId).certificates(certificate.region);
  return { ...certificate, tags: (await store.tags(certificate.arn, { signal })) ?? certificate.tags };
}

/** Undefined for one that ACM has not issued yet, or whose issuer keeps it. */
async function readCurrent(
  { arn, accountId, region, origin, status }: ScannedCertificate,
  { accessTo, signal }: SubjectParts,
): Promise<LeafToRevoke | undefined> {
  if (origin !== "iam" && origin !== "imported") return undefined;
  const access = accessTo(accountId);
  if (origin === "iam") {
    const { certificatePem, chainPem } = await access
      .serverCertificates()
      .get(arn.slice(arn.lastIndexOf("/") + 1), { signal });
    return readLeaf(certificatePem, chainPem);
  }
  const chain =
    status === "ISSUED" || status === "EXPIRED"
      ? await access.certificates(region).getChain(arn, { signal })
      : undefined;
  return chain && readLeaf(chain.certificatePem, chain.chainPem);
}

async function revokerOf(leaf: LeafToRevoke, parts: SubjectParts): Promise<Revoker | AppError> {
  try {
    return await findRevoker(leaf, parts);
  } catch (error) {
    if (isAppError(error, "aborted")) throw error;
    return toAppError(error);
  }
}
