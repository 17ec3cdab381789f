import type { IConstruct } from "constructs";
import type { AcmeOptions } from "../certificate-issuer";
import { Annotations } from "../engine";
import { profileLimits } from "../../src/certificates/lets-encrypt";

/**
 * Warns where a change of profile would need a new ARN: ACM refuses to re-import an RSA certificate that lost the
 * keyEncipherment key usage (ACM user guide, "Reimport a certificate"), which classic has and the others have not.
 */
export function warnOfReimport(scope: IConstruct, keyAlgorithm: string, issuer: AcmeOptions): void {
  if (!keyAlgorithm.startsWith("RSA_") || profileLimits(issuer)?.keyEncipherment !== false) return;
  Annotations.of(scope).addWarning(
    `${scope.node.path}: an RSA certificate of profile ${issuer.profile} has no keyEncipherment usage, so ACM refuses it ` +
      "under the ARN of one from profile classic (ACM user guide, reimport); if this certificate was issued with classic, " +
      "the change makes a new ARN: use EC_prime256v1, or plan for the replacement",
  );
}
