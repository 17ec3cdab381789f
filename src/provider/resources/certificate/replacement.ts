/** When a certificate cannot stay under its ARN. Pure. */
import { checkReimport } from "../../../certificates/check-reimport";
import { parseDomainName } from "../../../certificates/domain-name";
import { parseCertificateChain } from "../../../certificates/certificate-chain";
import { isUnknown, type AttributePath } from "../../schema";
import type { CertificatePrivate } from "./private-data";
import type { CertificatePlan, CertificateState } from "./schema";

/** Profiles of Let's Encrypt without keyEncipherment (Let's Encrypt, "Profiles"). */
const signatureOnlyProfiles = ["tlsserver", "shortlived"];

/** Whether the schema alone demands another ARN. */
export function needsNewArn(prior: CertificateState, planned: CertificatePlan): boolean {
  return (
    planned.key_algorithm !== prior.key_algorithm || (!isUnknown(planned.region) && planned.region !== prior.region)
  );
}

/**
 * What ACM would refuse to take under the same ARN; then a new ARN it is. A plan can know of names and of profiles that
 * leave out keyEncipherment; whatever else ACM refuses is learned when the CA has issued, and remembered from then on,
 * so that it costs one order and not one in each apply.
 */
export function refusedByAcm(
  prior: CertificateState,
  planned: CertificatePlan,
  known: CertificatePrivate | null,
): AttributePath[] {
  if (isUnknown(planned.issuer) || isUnknown(planned.domain_names)) return [];
  if (known?.refused !== undefined && isSameIssuer(known.refused, planned.issuer)) return [["serial"]];
  const names = planned.domain_names.filter((name) => typeof name === "string").map(parseDomainName);
  const current = { keyAlgorithm: prior.key_algorithm, names: prior.domain_names.map(parseDomainName) };
  const keyUsage = isSignatureOnly(planned.issuer.profile) ? keyUsageOf(prior) : undefined;
  const kept = keyUsage?.filter((usage) => usage !== "keyEncipherment");
  const rules = checkReimport({ ...current, keyUsage }, { ...current, names, keyUsage: kept }).map(({ rule }) => rule);
  return [
    ...(rules.includes("names") && !planned.domain_names.some(isUnknown) ? [["domain_names"]] : []),
    ...(rules.includes("key-usage") ? [["issuer", "profile"]] : []),
  ];
}

function isSignatureOnly(profile: unknown): boolean {
  return signatureOnlyProfiles.some((name) => name === profile);
}

/** Of an RSA key only: ACM lets an ECDSA one lose keyEncipherment. */
function keyUsageOf({ key_algorithm, certificate_chain }: CertificateState): readonly string[] | undefined {
  if (certificate_chain === null || !key_algorithm.startsWith("RSA")) return undefined;
  return parseCertificateChain(certificate_chain).leaf.keyUsage;
}

/** For which issuer ACM refused a re-import. */
export function issuerOf({ directory_url, profile }: CertificateState["issuer"]): CertificatePrivate["refused"] {
  return { directoryUrl: directory_url, ...(profile === null ? {} : { profile }) };
}

function isSameIssuer(
  refused: NonNullable<CertificatePrivate["refused"]>,
  { directory_url, profile }: Exclude<CertificatePlan["issuer"], symbol>,
): boolean {
  return refused.directoryUrl === directory_url && (refused.profile ?? null) === profile;
}
