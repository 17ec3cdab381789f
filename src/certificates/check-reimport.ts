/** The one place that knows what ACM refuses when a certificate is imported over another one (ACM user guide, "Reimport"). */
import type { CertificateInfo } from "./certificate-info";

export type ReimportFacts = Pick<CertificateInfo, "keyAlgorithm" | "keyUsage" | "extendedKeyUsage" | "names">;

export interface ReimportRefusal {
  readonly rule: "key-algorithm" | "key-usage" | "extended-key-usage" | "names";
  /** What is wrong, as a sentence without a final stop. */
  readonly why: string;
  readonly hint: string;
}

const clientAuth = "1.3.6.1.5.5.7.3.2";

/**
 * Whether ACM will take `next` under the ARN of `current`; an empty list means yes.
 *
 * Refused: another key type or size; a Key Usage or Extended Key Usage value that is gone, save clientAuth and, on an
 * ECDSA key, keyEncipherment; not a single common name. Adding names or usages is fine.
 */
export function checkReimport(current: ReimportFacts, next: ReimportFacts): ReimportRefusal[] {
  const refusals: ReimportRefusal[] = [];
  if (current.keyAlgorithm !== next.keyAlgorithm)
    refusals.push({
      rule: "key-algorithm",
      why: `the key changes from ${current.keyAlgorithm} to ${next.keyAlgorithm}`,
      hint: "a new key algorithm needs a new ARN",
    });
  const lostUsages = missing(current.keyUsage, next.keyUsage).filter(
    (usage) => !(usage === "keyEncipherment" && next.keyAlgorithm.startsWith("EC_")),
  );
  if (lostUsages.length > 0)
    refusals.push({
      rule: "key-usage",
      why: `key usage ${lostUsages.join(", ")} is gone`,
      hint: "use the CA profile of the certificate in place, an ECDSA key, or a new ARN",
    });
  const lostExtended = missing(current.extendedKeyUsage, next.extendedKeyUsage).filter((usage) => usage !== clientAuth);
  if (lostExtended.length > 0)
    refusals.push({
      rule: "extended-key-usage",
      why: `extended key usage ${lostExtended.join(", ")} is gone`,
      hint: "use the CA profile of the certificate in place, or a new ARN",
    });
  if (!current.names.some((name) => next.names.includes(name)))
    refusals.push({
      rule: "names",
      why: `none of ${current.names.join(", ")} is left`,
      hint: "keep at least one name, or use a new ARN",
    });
  return refusals;
}

function missing(before: readonly string[] | undefined, after: readonly string[] | undefined): string[] {
  return (before ?? []).filter((value) => !(after ?? []).includes(value));
}
