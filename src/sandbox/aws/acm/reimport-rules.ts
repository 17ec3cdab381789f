/**
 * What ACM refuses of a certificate that is imported under an ARN that exists (ACM user guide, "Reimporting a
 * certificate"). Written apart from the product's own check, so that one mistake does not hide the other.
 */
import type { CertificateInfo } from "../../../certificates/certificate-info";
import { AwsError } from "../aws-error";

const clientAuthentication = "1.3.6.1.5.5.7.3.2";

export function enforceReimportRules(before: CertificateInfo, after: CertificateInfo): void {
  if (before.keyAlgorithm !== after.keyAlgorithm) throw refuse("The key type and size cannot be changed on reimport.");
  for (const usage of before.keyUsage ?? []) {
    // ACM user guide, "Import certificates": keyEncipherment may go where the key is ECDSA.
    const mayGo = usage === "keyEncipherment" && before.keyAlgorithm.startsWith("EC");
    if (!after.keyUsage?.includes(usage) && !mayGo)
      throw refuse(`Key Usage ${usage} of the imported certificate cannot be removed.`);
  }
  for (const usage of before.extendedKeyUsage ?? []) {
    // ACM user guide, "Import certificates": clientAuth may go, since CAs no longer put it in.
    if (!after.extendedKeyUsage?.includes(usage) && usage !== clientAuthentication)
      throw refuse(`Extended Key Usage ${usage} of the imported certificate cannot be removed.`);
  }
  if (before.names.length > 0 && !before.names.some((name) => after.names.includes(name)))
    throw refuse("All domain names of the imported certificate cannot be removed.");
}

function refuse(why: string): AwsError {
  return new AwsError("ValidationException", why);
}
