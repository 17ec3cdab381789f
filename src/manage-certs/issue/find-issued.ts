import { createHash } from "node:crypto";
import { canaryTag, issuedForTag, replacedByTag } from "../../issuance/certificate-tags";
import { taggingLagMs } from "../../issuance/find-adoptable";
import { AppError } from "../../platform/errors";
import type { Estate, ScannedCertificate } from "../scan/estate";
import type { IssueRequest } from "./issue-plan";

type Wanted = Pick<IssueRequest, "names" | "issuer" | "keyAlgorithm" | "accountId" | "region">;

/** What a request stands for, whoever makes it and however often; as a value of a tag, which holds no asterisk. */
export function issuedFor({ names, keyAlgorithm, issuer }: Omit<Wanted, "accountId" | "region">): string {
  const facts = [[...names].sort(), keyAlgorithm, issuer.directoryUrl];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/**
 * What an earlier run imported for the same request. The tagging API lags behind an import, so that certificates that are
 * new are asked for their tags one by one. Errors: `certificate_duplicate` if there are several.
 */
export async function findIssued(
  wanted: Wanted,
  { certificates, scannedAt }: Pick<Estate, "certificates" | "scannedAt">,
  tagsOf: (arn: string) => Promise<Readonly<Record<string, string>> | undefined>,
): Promise<ScannedCertificate | undefined> {
  const identity = issuedFor(wanted);
  const found: ScannedCertificate[] = [];
  for (const certificate of certificates.filter((each) => isAlike(each, wanted))) {
    const isNew = (certificate.importedAt?.getTime() ?? 0) > scannedAt.getTime() - taggingLagMs;
    const { [issuedForTag]: known } = certificate.tags;
    const tags = known === undefined && isNew ? await tagsOf(certificate.arn) : certificate.tags;
    if (tags?.[issuedForTag] === identity && tags[replacedByTag] === undefined) found.push({ ...certificate, tags });
  }
  if (found.length <= 1) return found[0];
  const arns = found.map(({ arn }) => arn).join(", ");
  throw new AppError("certificate_duplicate", `${found.length} certificates were issued for these names: ${arns}`, {
    hint: "delete those that nothing needs; manage-certs scan shows where they are",
  });
}

function isAlike(certificate: ScannedCertificate, { names, keyAlgorithm, accountId, region }: Wanted): boolean {
  return (
    certificate.origin === "imported" &&
    certificate.tags[canaryTag] === undefined &&
    certificate.accountId === accountId &&
    certificate.region === region &&
    certificate.keyAlgorithm === keyAlgorithm &&
    [...certificate.names].sort().join() === [...names].sort().join()
  );
}
